import { detectTools, type Tools } from '@cutroom/media'
import { readConfig } from '../../apps/server/src/config.ts'

/** ffmpeg and ffprobe as the command line would find them. */
export const testTools = (sandbox: 'auto' | 'off' = 'auto'): Promise<Tools> =>
  detectTools({ ...readConfig(), sandbox })

import { drawRecordings, fileIn } from '../../demo/footage.ts'
import { SAMPLE } from '../../demo/recordings.ts'
import { addDemoFootage } from '../../domain/library/demo.ts'
import type { Handler } from '../handler.ts'

export const demo: Handler<'demo'> = (job) =>
  addDemoFootage(job, async (folder, { signal, onProgress }) => {
    await drawRecordings({ tools: job.studio.tools, recordings: [SAMPLE], folder, signal, onProgress })
    return [{ file: fileIn(folder, SAMPLE), name: 'Demo footage.mp4' }]
  })

import type { Handlers } from '../handler.ts'
import { demo } from './demo.ts'
import { generate } from './generate.ts'
import { ingest } from './ingest.ts'
import { multiVideo } from './multi-video.ts'
import { oneShot } from './one-shot.ts'
import { preview } from './preview.ts'
import { render } from './render.ts'
import { sweep } from './sweep.ts'
import { voiceover } from './voiceover.ts'
import { voiceoverMany } from './voiceover-many.ts'

/** What a worker does, by kind of job. */
export const HANDLERS: Handlers = {
  ingest,
  demo,
  generate,
  preview,
  voiceover,
  'voiceover-many': voiceoverMany,
  render,
  'one-shot': oneShot,
  'multi-video': multiVideo,
  sweep,
}

import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { type MediaProbe, probeSchema } from '@cutroom/contracts'
import {
  decodeFeatures,
  encodeFeatures,
  type Features,
  INGEST_VERSION,
  ingestSource,
  probeFile,
} from '@cutroom/media'
import { z } from 'zod'
import { hashFile } from './hash-file.ts'
import { inFolder, type Job } from './job.ts'
import { runStage } from './stage.ts'

/** A source that was ingested: everything that selection, previews and rendering need to know of it. */
export interface Source {
  /** SHA-256 of its bytes. */
  readonly id: string
  /** Its file name, for people. */
  readonly name: string
  readonly path: string
  readonly probe: MediaProbe
  readonly features: Features
  readonly randomAccess: 'exact' | 'unsafe'
  readonly proxyPath: string
}

const ingestMetaSchema = z.object({ probe: probeSchema, randomAccess: z.enum(['exact', 'unsafe']) })

/**
 * Identifies a file by its bytes and ingests it, or finds what an earlier ingest of the same bytes left behind.
 * Throws `file-missing` and whatever probing or decoding says of the file.
 */
export async function openSource(job: Job, file: string): Promise<Source> {
  const name = path.basename(file)
  const about = { profile: job.profile.name, subject: name }
  const id = await runStage(job.report, { ...about, stage: 'hash' }, async (onProgress) => {
    const value = await hashFile(file, job.signal, (fraction) =>
      onProgress({ fraction, speed: null, secondsLeft: null }),
    )
    return { value }
  })
  const { tools, artifacts, slots } = job.studio
  const recipe = { version: INGEST_VERSION, ffmpeg: tools.version, source: id }
  return runStage(job.report, { ...about, stage: 'ingest' }, async (onProgress) => {
    const ingest = async (folder: string) => {
      const probe = await probeFile(tools, file, { scratchDir: folder, signal: job.signal })
      const made = await ingestSource(tools, probe, file, folder, { signal: job.signal, onProgress })
      const features = path.join(folder, 'features.bin')
      const waveform = path.join(folder, 'waveform.bin')
      await writeFile(features, encodeFeatures(made.features))
      await writeFile(waveform, made.waveform.peaks)
      return {
        files: {
          'features.bin': features,
          'waveform.bin': waveform,
          'proxy.mp4': made.proxyPath,
          'filmstrip.jpg': made.filmstripPath,
        },
        meta: {
          probe,
          randomAccess: made.randomAccess,
          filmstrip: made.filmstrip,
          peaksPerSecond: made.waveform.peaksPerSecond,
        },
      }
    }
    const { id: profileId } = job.profile
    const artifact = await inFolder(job, 'ingest', (folder) => {
      const make = () => slots.run(profileId, job.signal, () => ingest(folder))
      return artifacts.ensure(profileId, 'ingest', recipe, make, job.signal)
    })
    const meta = ingestMetaSchema.parse(artifact.meta)
    const features = decodeFeatures(await readFile(artifact.path('features.bin')))
    const value = { id, name, path: file, ...meta, features, proxyPath: artifact.path('proxy.mp4') }
    const { video, durationSeconds } = meta.probe
    const detail = `${durationSeconds.toFixed(1)} s of ${video?.displayWidth}×${video?.displayHeight}`
    return { value, found: !artifact.made, detail }
  })
}

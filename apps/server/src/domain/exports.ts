import { copyFile, mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { CutroomError, type Preset } from '@cutroom/contracts'
import {
  CAPTIONS_FILE,
  type ComposedCaptions,
  composeAss,
  cutPreview,
  FONTCONFIG,
  FONTS_FOLDER,
  INGEST_VERSION,
  PREVIEW_VERSION,
  planRender,
  RENDER_VERSION,
  type RenderPlan,
  renderExport,
  renderRecipe,
} from '@cutroom/media'
import { z } from 'zod'
import type { Clip } from './clips.ts'
import { hashFile } from './hash-file.ts'
import { inFolder, type Job } from './job.ts'
import type { Source } from './sources.ts'
import { runStage } from './stage.ts'

/** A finished file of a clip, in the profile's storage. */
export interface Export {
  readonly clip: number
  readonly path: string
  readonly sizeBytes: number
  readonly durationSeconds: number
  /** EBU R128, measured on the file; `null` for silence. */
  readonly integratedLufs: number | null
  readonly truePeakDbtp: number | null
  /** False where it was found. */
  readonly made: boolean
  /** Time that it took now, without waiting for its turn. */
  readonly seconds: number
}

const exportMetaSchema = z.object({
  durationSeconds: z.number(),
  integratedLufs: z.number().nullable(),
  truePeakDbtp: z.number().nullable(),
})

type Sources = ReadonlyMap<string, Source>

/** What a clip's export consists of, before anything runs: what `cutroom plan` prints and `exportClip` renders. */
export interface PlannedExport {
  readonly plan: RenderPlan
  readonly captions: ComposedCaptions | null
  /** Everything that decides the bytes, and nothing else: no path, no name, no time. */
  readonly recipe: unknown
}

/** Throws `captions-glyph-missing`, `field-invalid`. */
export async function planExport(
  job: Job,
  clip: Clip,
  sources: Sources,
  preset: Preset,
): Promise<PlannedExport> {
  const { voice, music, captionStyle } = clip
  const cues = captionStyle === null ? [] : clip.cues
  const plan = planRender({
    cuts: clip.cuts,
    sources,
    preset,
    voice: voice && { path: voice.path, audioIndex: voice.audioIndex, gainDb: 0 },
    music: music && { path: music.path, audioIndex: music.audioIndex, gainDb: 0 },
    muted: [],
    captions: cues.length > 0,
  })
  const captions =
    captionStyle === null || !plan.captions
      ? null
      : composeAss({
          cues,
          style: captionStyle,
          frame: plan.frame,
          safeArea: preset.safeArea,
          missingGlyphs: 'drop',
        })
  const contents = new Map([...sources.values()].map((source) => [source.path, source.id]))
  for (const file of [voice, music]) if (file) contents.set(file.path, file.sha256)
  const identity = (file: string): string => {
    const hash = contents.get(file)
    if (hash === undefined) throw new CutroomError('internal', `The content of ${file} is not known.`)
    return hash
  }
  const fonts: string[] = []
  for (const font of captions?.fonts ?? []) fonts.push(await hashFile(font.path, job.signal))
  const recipe = {
    version: RENDER_VERSION,
    ffmpeg: job.studio.tools.version,
    render: renderRecipe(plan, identity),
    captions: captions && { ass: captions.ass, fonts },
  }
  return { plan, captions, recipe }
}

/** Renders a clip for a preset, or finds the file that the same recipe gave before. */
export async function exportClip(job: Job, clip: Clip, sources: Sources, preset: Preset): Promise<Export> {
  const { artifacts, slots, tools } = job.studio
  const { plan, captions, recipe } = await planExport(job, clip, sources, preset)
  const about = {
    profile: job.profile.name,
    stage: 'render',
    subject: `clip ${clip.number} for ${preset.id}`,
  } as const
  let begun = performance.now()
  return runStage(job.report, about, async (onProgress) => {
    const render = async (folder: string) => {
      begun = performance.now()
      const fontconfig = captions && (await layOut(captions, folder))
      const done = await renderExport(tools, plan, { folder, signal: job.signal, fontconfig, onProgress })
      const { durationSeconds, integratedLufs, truePeakDbtp } = done
      return { files: { 'export.mp4': done.path }, meta: { durationSeconds, integratedLufs, truePeakDbtp } }
    }
    const { id: profileId } = job.profile
    const artifact = await inFolder(job, 'render', (folder) => {
      const make = () => slots.run(profileId, job.signal, () => render(folder))
      return artifacts.ensure(profileId, 'export', recipe, make, job.signal)
    })
    const meta = exportMetaSchema.parse(artifact.meta)
    const sizeBytes = artifact.files['export.mp4']?.sizeBytes ?? 0
    const seconds = (performance.now() - begun) / 1000
    const value = {
      clip: clip.number,
      path: artifact.path('export.mp4'),
      sizeBytes,
      ...meta,
      made: artifact.made,
      seconds,
    }
    const loudness = meta.integratedLufs === null ? 'silent' : `${meta.integratedLufs} LUFS`
    return { value, found: !artifact.made, detail: `${meta.durationSeconds.toFixed(1)} s, ${loudness}` }
  })
}

/** Puts captions and their fonts where the encoder looks for them. Returns the path of the font configuration. */
async function layOut(captions: ComposedCaptions, folder: string): Promise<string> {
  const fonts = path.join(folder, FONTS_FOLDER)
  await mkdir(fonts, { recursive: true })
  await writeFile(path.join(folder, CAPTIONS_FILE), captions.ass)
  for (const font of captions.fonts) await copyFile(font.path, path.join(fonts, font.name))
  const fontconfig = path.join(folder, 'fonts.conf')
  await writeFile(fontconfig, FONTCONFIG)
  return fontconfig
}

/** A clip's preview, cut from the proxies without encoding, or found. Returns its path in storage. */
export async function previewClip(job: Job, clip: Clip, sources: Sources): Promise<string> {
  const { artifacts, tools } = job.studio
  const timeline = clip.cuts.map(({ sourceId, start, end }) => ({ sourceId, start, end }))
  const recipe = { version: PREVIEW_VERSION, proxies: INGEST_VERSION, ffmpeg: tools.version, timeline }
  const about = { profile: job.profile.name, stage: 'preview', subject: `clip ${clip.number}` } as const
  return runStage(job.report, about, async () => {
    const cut = async (folder: string) => {
      const proxies = new Map([...sources].map(([id, source]) => [id, source.proxyPath]))
      const file = await cutPreview(tools, timeline, proxies, { folder, signal: job.signal })
      return { files: { 'preview.mp4': file }, meta: null }
    }
    const artifact = await inFolder(job, 'preview', (folder) =>
      artifacts.ensure(job.profile.id, 'preview', recipe, () => cut(folder), job.signal),
    )
    return { value: artifact.path('preview.mp4'), found: !artifact.made }
  })
}

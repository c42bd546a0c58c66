import { existsSync } from 'node:fs'
import path from 'node:path'
import type { CaptionStyleId } from '@cutroom/contracts'
import { Command } from 'commander'
import { deliver } from '../domain/deliver.ts'
import type { Job } from '../domain/job.ts'
import type { Delivered } from '../domain/make.ts'
import { runStage } from '../domain/stage.ts'
import { allFinished } from '../together.ts'
import { type GeneralOptions, presetById, withGeneralOptions } from './options.ts'
import { humanBytes, table } from './output.ts'
import { type Session, withSession } from './session.ts'

// The engine and what draws are loaded in the functions that want them: the other commands, and help, start without them.

interface Brand {
  readonly profile: string
  readonly voiceId: string
  readonly captionStyle: CaptionStyleId
  readonly preset: string
  /** About twenty seconds, spoken. */
  readonly script: string
}

const BRANDS: readonly Brand[] = [
  {
    profile: 'Far Shore',
    voiceId: 'espeak:en-us',
    captionStyle: 'highlight',
    preset: 'reels',
    script:
      'The best days begin before anyone else is awake. A quiet sea, a sky that changes its mind every minute. ' +
      'Far Shore takes twelve people to places without a queue. No bus, no flags, no rush. ' +
      'You bring a jacket that may get wet, we bring the coffee. The next boat leaves on Friday.',
  },
  {
    profile: 'Casa Șerban',
    voiceId: 'espeak:ro',
    captionStyle: 'boxed',
    preset: 'tiktok',
    script:
      'Orașul se trezește încet, iar noi suntem deja la treabă. Aici fiecare lucru se face cu mâna, fără grabă și fără scurtături. ' +
      'Lemn bun, lumină caldă și oameni care știu ce fac. Vino să vezi cum prinde viață o idee simplă. ' +
      'Te așteptăm sâmbătă dimineața, în atelier.',
  },
]

const VARIANTS = 3
const FOOTAGE_PROFILE = 'demo'

export function demoCommand(): Command {
  const command = new Command('demo')
    .description('make clips for two brands at once, out of footage of its own or of yours')
    .argument('[video...]', 'your footage (default: footage that is drawn for the demo)')
    .option('--out <dir>', 'folder for footage, clips and contact sheets', 'demo-out')
  return withGeneralOptions(command).action(
    async (videos: string[], options: GeneralOptions & { out: string }) => {
      const out = path.resolve(options.out)
      const data = options.data ?? path.join(out, '.data')
      const begun = performance.now()
      const made = await withSession({ ...options, data }, async (session) => {
        const footage =
          videos.length > 0
            ? videos.map((video) => path.resolve(video))
            : await drawFootage(session, path.join(out, 'footage'))
        return allFinished(
          BRANDS.map((brand) => session.job(brand.profile, (job) => makeForBrand(job, brand, footage, out))),
        )
      })
      const seconds = (performance.now() - begun) / 1000
      if (options.json) {
        for (const { exports, sheet } of made)
          process.stdout.write(`${JSON.stringify({ type: 'result', exports, sheet })}\n`)
        return
      }
      const rows = made.flatMap(({ brand, exports }) => exports.map((done) => row(brand, done)))
      process.stdout.write(`\n${table(['brand', 'file', 'duration', 'size', 'took', 'where'], rows)}\n\n`)
      for (const { brand, sheet } of made) process.stdout.write(`contact sheet of ${brand}: ${here(sheet)}\n`)
      process.stdout.write(`${rows.length} clips in ${seconds.toFixed(0)} s\n`)
    },
  )
}

const here = (file: string): string => path.relative(process.cwd(), file) || '.'

const row = (brand: string, { file, durationSeconds, sizeBytes, seconds, made }: Delivered): string[] => [
  brand,
  path.basename(file),
  `${durationSeconds.toFixed(1)} s`,
  humanBytes(sizeBytes),
  made ? `${seconds.toFixed(1)} s` : 'found',
  here(path.dirname(file)),
]

/** Draws the footage, or takes what an earlier demo drew: a file is only ever there when it is complete. */
async function drawFootage(session: Session, folder: string): Promise<string[]> {
  const { LANDSCAPE, PHONE } = await import('../demo/recordings.ts')
  const files = [LANDSCAPE, PHONE].map(({ name }) => path.join(folder, `${name}.mp4`))
  if (files.every((file) => existsSync(file))) return files
  const { makeDemoFootage } = await import('../demo/footage.ts')
  return session.job(FOOTAGE_PROFILE, ({ studio, scratch, signal, report, profile }) =>
    runStage(
      report,
      { profile: profile.name, stage: 'footage', subject: 'two recordings' },
      async (onProgress) => {
        const { tools } = studio
        const [speech] = studio.speech
        if (!speech) throw new Error('There is no speech provider.')
        const drawing = await scratch.folder('footage')
        const made = await makeDemoFootage({ tools, speech, folder: drawing, signal, onProgress })
        const value: string[] = []
        for (const file of [made.landscape, made.phone])
          value.push(await deliver(file, folder, path.parse(file).name, signal))
        return { value }
      },
    ),
  )
}

async function makeForBrand(job: Job, brand: Brand, videos: readonly string[], out: string) {
  const folder = path.join(out, brand.profile.replace(/[^\p{L}\p{N}]+/gu, '-').toLowerCase())
  const { makeClips } = await import('../domain/make.ts')
  const { exports } = await makeClips(
    job,
    {
      videos,
      variants: VARIANTS,
      durationSeconds: null,
      script: brand.script,
      voiceId: brand.voiceId,
      recording: null,
      music: null,
      captionFile: null,
      captionStyle: brand.captionStyle,
      preset: presetById(brand.preset),
      seed: 1,
      bestEffort: true,
    },
    { folder, sidecar: null },
  )
  const { makeContactSheet } = await import('../domain/contact-sheet.ts')
  const sheet = path.join(folder, 'contact-sheet.jpg')
  await makeContactSheet(job, exports, sheet)
  return { brand: brand.profile, exports, sheet }
}

import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { PRESETS, type Preset } from '@cutroom/contracts'
import {
  analyseSource,
  ingestSource,
  planRender,
  probeFile,
  type RenderPlan,
  renderExport,
} from '@cutroom/media'
import { execa } from 'execa'
import { table } from '../apps/server/src/cli/output.ts'
import { readConfig } from '../apps/server/src/config.ts'
import { makeDemoFootage } from '../apps/server/src/demo/footage.ts'
import { prepareClips } from '../apps/server/src/domain/clips.ts'
import { exportClip, planExport } from '../apps/server/src/domain/exports.ts'
import type { Job } from '../apps/server/src/domain/job.ts'
import { previewTimeline } from '../apps/server/src/domain/previews.ts'
import { profileOfName } from '../apps/server/src/domain/profile.ts'
import { openStudio, runJob } from '../apps/server/src/domain/studio.ts'
import { decodeToNull, proxyOnly, singleCommand } from './floors.ts'
import { type Cost, command, cost, inTurn, median } from './measure.ts'

/** A line of the table: a budget of the design, what was measured, and what it was measured against. */
interface Row {
  readonly what: string
  readonly floor: string
  readonly measured: string
  readonly budget: string
  readonly memory: string
  readonly kept: boolean
}

const rounds = Number(process.argv[2] ?? 3)
const root = await mkdtemp(path.join(tmpdir(), 'cutroom-bench-'))
const studio = await openStudio({ ...readConfig(), dataDir: path.join(root, 'data') })
const { tools } = studio
const signal = new AbortController().signal
const rows: Row[] = []
const reels = PRESETS.find((preset) => preset.id === 'reels') as Preset

let folders = 0
async function folder(): Promise<string> {
  folders += 1
  const made = path.join(root, `work-${folders}`)
  await mkdir(made)
  return made
}
const ffmpeg = async (args: readonly string[]) => command(tools.ffmpeg, args, await folder())
const say = (text: string) => process.stderr.write(`${text}\n`)
const asJob = <T>(profile: string, work: (job: Job) => Promise<T>) =>
  runJob(studio, profileOfName(profile), { signal, report: () => {} }, work)

const memoryOf = (costs: readonly Cost[]): string =>
  `${Math.max(...costs.map(({ peakMb, ownMb }) => peakMb + ownMb)).toFixed(0)} MB`
const secondsOf = (costs: readonly Cost[]): string =>
  `${median(costs.map(({ seconds }) => seconds)).toFixed(2)} s`

/** Measures work against a floor, in turn, and keeps the median of the ratios of each round. */
async function ratio(
  what: string,
  floorName: string,
  budget: number,
  ours: () => Promise<unknown>,
  floor: () => Promise<unknown>,
  megabytes = Number.POSITIVE_INFINITY,
): Promise<void> {
  say(`measuring ${what} …`)
  const { a, b } = await inTurn(ours, floor, rounds)
  const measured = median(a.map((one, round) => one.seconds / (b[round]?.seconds ?? Number.NaN)))
  const peak = Math.max(...a.map(({ peakMb, ownMb }) => peakMb + ownMb))
  say(`  ${measured.toFixed(2)} × of ${secondsOf(b)}, ${peak.toFixed(0)} MB`)
  rows.push({
    what,
    floor: `${floorName}: ${secondsOf(b)}, ${memoryOf(b)}`,
    measured: `${measured.toFixed(2)} × (${secondsOf(a)})`,
    budget: `≤ ${budget} ×${Number.isFinite(megabytes) ? `, ≤ ${megabytes} MB` : ''}`,
    memory: memoryOf(a),
    kept: measured <= budget && peak <= megabytes,
  })
}

try {
  say('making 37 s of 1080p30 with the grain and bit rate of a phone, and 12 s of 4K HEVC …')
  const [speech] = studio.speech
  if (!speech) throw new Error('There is no speech provider.')
  const { landscape: drawn } = await makeDemoFootage({ tools, speech, folder: root, signal })
  const landscape = path.join(root, 'camera.mp4')
  const grain = [
    '-vf',
    'noise=alls=9:allf=t',
    '-c:v',
    'libx264',
    '-preset',
    'veryfast',
    '-crf',
    '23',
    '-g',
    '60',
  ]
  await execa(tools.ffmpeg, [
    '-v',
    'error',
    '-ss',
    '38',
    '-t',
    '37',
    '-i',
    drawn,
    ...grain,
    '-c:a',
    'copy',
    landscape,
  ])
  const uhd = path.join(root, '4k.mp4')
  const scaled = [
    '-vf',
    'scale=3840:2160',
    '-c:v',
    'libx265',
    '-preset',
    'ultrafast',
    '-x265-params',
    'log-level=error',
  ]
  await execa(tools.ffmpeg, [
    '-v',
    'error',
    '-ss',
    '5',
    '-t',
    '12',
    '-i',
    landscape,
    ...scaled,
    '-c:a',
    'copy',
    uhd,
  ])
  const [probe, probe4k] = await Promise.all(
    [landscape, uhd].map((file) => probeFile(tools, file, { scratchDir: root })),
  )
  if (!probe || !probe4k) throw new Error('The footage was not probed.')

  await ratio(
    'ingest of a 1080p source',
    'decode + the same proxy',
    1.25,
    async () => ingestSource(tools, probe, landscape, await folder()),
    await ffmpeg(proxyOnly(landscape)),
  )
  await ratio(
    'features only',
    'decode to null',
    1.15,
    async () => analyseSource(tools, probe, landscape, await folder()),
    await ffmpeg(decodeToNull(landscape)),
  )

  const render = async (plan: RenderPlan) =>
    renderExport(tools, plan, { folder: await folder(), fontconfig: null })
  for (const [name, source, sourceProbe, count] of [
    ['4 cuts of 1080p', landscape, probe, 4],
    ['40 cuts of 1080p', landscape, probe, 40],
    ['4 cuts of 4K HEVC', uhd, probe4k, 4],
    ['40 cuts of 4K HEVC', uhd, probe4k, 40],
  ] as const) {
    const plan = evenCuts(source, sourceProbe, count)
    await ratio(
      `render of ${name}`,
      'one hand-written command',
      1.05,
      () => render(plan),
      await ffmpeg(singleCommand(plan, null)),
      600,
    )
  }

  say('measuring previews, variants and a repeated recipe …')
  const request = {
    videos: [landscape],
    variants: 10,
    durationSeconds: 20,
    script: null,
    voiceId: 'espeak:en-us',
    recording: null,
    music: null,
    captionFile: null,
    captionStyle: null,
    preset: reels,
    seed: 1,
    bestEffort: true,
  } as const
  await asJob('previews', async (job) => {
    const { clips, sources } = await prepareClips(job, request)
    const proxies = new Map([...sources].map(([id, { proxyPath }]) => [id, proxyPath]))
    const costs: Cost[] = []
    for (const clip of clips)
      costs.push(await cost(() => previewTimeline(job, `clip ${clip.number}`, clip.cuts, proxies)))
    const worst = Math.max(...costs.map(({ seconds }) => seconds))
    rows.push({
      what: 'preview of a variant',
      floor: '—',
      measured: `${secondsOf(costs)}, at most ${worst.toFixed(2)} s`,
      budget: '≤ 0.25 s, no encode',
      memory: memoryOf(costs),
      kept: median(costs.map(({ seconds }) => seconds)) <= 0.25,
    })
  })

  const whole = async (profile: string, variants: number) => {
    let seconds = 0
    const spent = await cost(() =>
      asJob(profile, async (job) => {
        const { clips, sources } = await prepareClips(job, { ...request, variants })
        const begun = performance.now()
        const render = async (clip: (typeof clips)[number]) =>
          exportClip(job, `clip ${clip.number}`, await planExport(job, clip, sources, reels))
        await Promise.all(clips.map(render))
        seconds = (performance.now() - begun) / 1000
      }),
    )
    return { spent, renderSeconds: seconds, prepareSeconds: spent.seconds - seconds }
  }
  const one = await whole('one', 1)
  const four = await whole('four', 4)
  const expected = 4 * one.renderSeconds + one.prepareSeconds
  rows.push({
    what: '4 variants',
    floor: `4 × one render + one ingest: ${expected.toFixed(2)} s`,
    measured: `${(four.spent.seconds / expected).toFixed(2)} × (${four.spent.seconds.toFixed(2)} s)`,
    budget: '≤ 1.05 ×',
    memory: memoryOf([four.spent]),
    kept: four.spent.seconds <= 1.05 * expected,
  })
  const again = await whole('four', 4)
  rows.push({
    what: 'the same 4 again',
    floor: '—',
    measured: `${again.spent.seconds.toFixed(2)} s, ${again.spent.peakMb === 0 ? 'no process' : `processes of ${again.spent.peakMb.toFixed(0)} MB`}`,
    budget: 'no ffmpeg run',
    memory: memoryOf([again.spent]),
    kept: again.spent.peakMb === 0,
  })
} finally {
  await rm(root, { recursive: true, force: true })
}

function evenCuts(
  source: string,
  sourceProbe: Awaited<ReturnType<typeof probeFile>>,
  count: number,
): RenderPlan {
  const length = 20 / count
  const room = sourceProbe.durationSeconds - length - 0.2
  const cuts = Array.from({ length: count }, (_, index) => {
    const start = (room * ((index * 7) % count)) / count
    return { sourceId: 'source', start, end: start + length }
  })
  const name = path.basename(source)
  const sources = new Map([
    ['source', { name, path: source, probe: sourceProbe, randomAccess: 'exact' as const }],
  ])
  const plain = { soundFrom: null, voice: null, music: null, muted: [], captions: false }
  return planRender({ cuts, sources, preset: reels, ...plain })
}

const cells = rows.map(({ what, floor, measured, budget, memory, kept }) => [
  kept ? '✓' : '✗',
  what,
  measured,
  budget,
  memory,
  floor,
])
process.stdout.write(`${table(['', 'what', 'measured', 'budget', 'peak memory', 'floor'], cells)}\n`)
process.stdout.write(
  `Medians of ${rounds} rounds, in turn with their floors. Memory is the proportional set size of all processes together, without this one's own start.\n`,
)

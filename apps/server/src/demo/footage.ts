import { copyFile, mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import type { OnProgress } from '@cutroom/contracts'
import { FONTCONFIG, runTool, type Tools } from '@cutroom/media'
import type { SpeechProvider } from '@cutroom/speech'
import pLimit from 'p-limit'
import { together } from '../together.ts'
import { turnClockwise } from './display-matrix.ts'
import { assScript } from './drawing.ts'
import { type DemoShot, LANDSCAPE, PHONE, type Recording, shotsOf } from './recordings.ts'
import type { Scene } from './scene.ts'

export interface DemoFootageRequest {
  readonly tools: Tools
  /** Says the sentences of the sound tracks with its voice `en-us`. */
  readonly speech: SpeechProvider
  /** Absolute; both files come to lie here, under the names of their recordings. */
  readonly folder: string
  readonly signal: AbortSignal
  readonly onProgress?: OnProgress
}

/** The two recordings: absolute paths, and what they show when. */
export interface DemoFootage {
  /** 1080p at 30 frames per second, with a still stretch, a black one and two shots that are nearly the same. */
  readonly landscape: string
  readonly landscapeShots: readonly DemoShot[]
  /** Upright, stored lying on its side with a rotation flag. */
  readonly phone: string
  readonly phoneShots: readonly DemoShot[]
}

const RATE = 30
/** Longest that one step may take, seconds; the slowest takes a few. */
const TIMEOUT_SECONDS = 300
const FONT = fileURLToPath(import.meta.resolve('@fontsource/rubik/files/rubik-latin-800-normal.woff'))

/**
 * Makes the footage of the demo: two recordings with everything in them that raw footage has, good and bad. The same
 * tools give the same bytes. Throws what `runTool` and the speech provider throw; its temporary files are removed then.
 */
export async function makeDemoFootage(request: DemoFootageRequest): Promise<DemoFootage> {
  const [landscape, phone] = [fileIn(request.folder, LANDSCAPE), fileIn(request.folder, PHONE)]
  await drawRecordings({ ...request, recordings: [LANDSCAPE, PHONE] })
  return { landscape, landscapeShots: shotsOf(LANDSCAPE), phone, phoneShots: shotsOf(PHONE) }
}

/** The file of a recording that was drawn into a folder. */
export const fileIn = (folder: string, { name }: Recording): string => path.join(folder, `${name}.mp4`)

export interface DrawingRequest extends Omit<DemoFootageRequest, 'speech'> {
  readonly recordings: readonly Recording[]
  /** Says what is said in them; not needed where nothing is. */
  readonly speech?: SpeechProvider
}

/** Draws recordings, each to its `fileIn`. The same tools give the same bytes. Throws what `makeDemoFootage` throws. */
export async function drawRecordings(request: DrawingRequest): Promise<void> {
  const { tools, speech, folder, recordings } = request
  const work = path.join(folder, 'parts')
  const steps = pLimit(Math.max(2, availableParallelism()))
  const failed = new AbortController()
  const signal = AbortSignal.any([request.signal, failed.signal])
  const report = progressReporter(recordings, request.onProgress)

  const run = (args: readonly string[], onFrames: (frames: number) => void = () => {}) =>
    runTool(tools, {
      tool: 'ffmpeg',
      args,
      inputs: [],
      cwd: work,
      env: { FONTCONFIG_FILE: path.join(work, 'fonts.conf') },
      signal,
      timeoutSeconds: TIMEOUT_SECONDS,
      onProgress: ({ frames }) => onFrames(frames),
    })

  async function makeShot(recording: Recording, scene: Scene, index: number): Promise<string> {
    const name = `${recording.name}-${index}`
    await writeFile(path.join(work, `${name}.ass`), script(recording, scene, index))
    await run([...shotArgs(recording, scene, `${name}.ass`), `${name}.mp4`], (frames) => report(name, frames))
    return `file ${name}.mp4\n`
  }

  async function say(name: string, start: number, text: string): Promise<Voice> {
    if (speech === undefined) throw new Error(`Nobody says ${JSON.stringify(text)}.`)
    const { samples, sampleRate } = await speech.speak({ voiceId: 'en-us', language: 'en-US', text, signal })
    await writeFile(
      path.join(work, name),
      new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength),
    )
    return { name, sampleRate, start }
  }

  async function makeRecording(recording: Recording): Promise<void> {
    const voices = await together(
      failed,
      recording.speech.map(({ start, text }, index) => say(`${recording.name}-${index}.pcm`, start, text)),
    )
    const shots = await together(
      failed,
      recording.scenes.map((scene, index) => steps(() => makeShot(recording, scene, index))),
    )
    await writeFile(path.join(work, `${recording.name}.txt`), shots.join(''))
    const file = `${recording.name}.mp4`
    await run([...joinArgs(recording, voices), file])
    if (isUpright(recording)) await turnClockwise(path.join(work, file), recording.frame.width)
    await rename(path.join(work, file), fileIn(folder, recording))
  }

  try {
    await mkdir(path.join(work, 'fonts'), { recursive: true })
    await copyFile(FONT, path.join(work, 'fonts', path.basename(FONT)))
    await writeFile(path.join(work, 'fonts.conf'), FONTCONFIG)
    await together(
      failed,
      recordings.map((recording) => makeRecording(recording)),
    )
  } finally {
    await rm(work, { recursive: true, force: true })
  }
}

interface Voice {
  readonly name: string
  readonly sampleRate: number
  readonly start: number
}

const frameCount = (scene: Scene): number => scene.seconds * RATE
const isUpright = ({ frame }: Recording): boolean => frame.height > frame.width

function script({ frame }: Recording, scene: Scene, index: number): string {
  const label = { over: `SHOT ${index + 1}`, text: scene.title, x: frame.width / 2, y: frame.height * 0.19 }
  const size = { ...frame, rate: RATE, count: frameCount(scene) }
  return assScript(size, scene.layers, scene.kind === 'black' ? null : label)
}

/** One shot without sound: a still background of two colours, and the moving shapes upon it. */
function shotArgs(recording: Recording, scene: Scene, script: string): string[] {
  const { width, height } = recording.frame
  const [top, bottom] = scene.sky.map((colour) => colour.replace('#', '0x'))
  const graph = [
    `gradients=s=16x270:x0=0:y0=0:x1=0:y1=269:c0=${top}:c1=${bottom}:nb_colors=2:r=${RATE}:speed=0.00001`,
    'trim=end_frame=1',
    `scale=${width}:${height}:flags=bilinear:out_color_matrix=bt709:out_range=tv`,
    'setsar=1',
    'format=yuv420p',
    'loop=loop=-1:size=1',
    `setpts=N/${RATE}/TB`,
    `trim=end_frame=${frameCount(scene)}`,
    `ass=${script}:fontsdir=fonts`,
    ...(isUpright(recording) ? ['transpose=cclock'] : []),
  ]
  return [
    ...['-f', 'lavfi', '-i', graph.join(',')],
    ...['-c:v', 'libx264', '-preset', 'superfast', '-crf', '21', '-bf', '0', '-g', String(2 * RATE)],
    // As many threads everywhere: their number decides the bytes.
    ...['-threads', '2', '-flags', '+bitexact', '-fflags', '+bitexact'],
    ...['-color_primaries', 'bt709', '-color_trc', 'bt709', '-colorspace', 'bt709'],
  ]
}

/** The shots behind one another as they are, and their sound: voices over a soft swell of chords and a breath of noise. */
function joinArgs(recording: Recording, voices: readonly Voice[]): string[] {
  const seconds = recording.scenes.reduce((sum, scene) => sum + scene.seconds, 0)
  const [left, right] = [0, 0.25].map((shift) => chords(shift))
  const spoken = voices.map(({ start }, index) => {
    const delay = Math.round(start * 1000)
    return `[${index + 1}]aresample=48000,aformat=channel_layouts=stereo,adelay=${delay}|${delay},volume=1.3[v${index}]`
  })
  const sound = [
    ...spoken,
    `aevalsrc='${left}|${right}':s=48000:d=${seconds}[chords]`,
    `anoisesrc=c=brown:a=0.02:seed=7:r=48000:d=${seconds},aformat=channel_layouts=stereo[breath]`,
    `[chords][breath]${voices.map((_, index) => `[v${index}]`).join('')}amix=inputs=${voices.length + 2}:normalize=0:duration=first[sound]`,
  ]
  return [
    ...['-f', 'concat', '-i', `${recording.name}.txt`],
    ...voices.flatMap(({ name, sampleRate }) => [
      '-f',
      's16le',
      '-ar',
      String(sampleRate),
      '-ac',
      '1',
      '-i',
      name,
    ]),
    ...['-filter_complex', sound.join(';'), '-map', '0:v', '-map', '[sound]'],
    ...['-c:v', 'copy', '-c:a', 'aac', '-b:a', '128k', '-movflags', '+faststart'],
    ...['-flags', '+bitexact', '-fflags', '+bitexact'],
  ]
}

/** Four chords of six seconds each that swell and fade, so that they change in silence; A minor, F, C, G in Hertz. */
function chords(shift: number): string {
  const notes = [
    [220, 174.61, 261.63, 196],
    [329.63, 261.63, 329.63, 246.94],
    [440, 349.23, 392, 293.66],
  ]
  const voices = notes.map(([a, f, c, g]) => {
    const note = `if(lt(mod(t,24),6),${a},if(lt(mod(t,24),12),${f},if(lt(mod(t,24),18),${c},${g})))`
    return `sin(2*PI*t*${note}+${shift})`
  })
  return `0.012*(1-cos(2*PI*t/6))*(${voices.join('+')})`
}

/** Progress of everything together: frames made of frames wanted. The joining at the end takes a second. */
function progressReporter(
  recordings: readonly Recording[],
  onProgress: OnProgress = () => {},
): (shot: string, frames: number) => void {
  const wanted = recordings.flatMap(({ scenes }) => scenes).reduce((sum, scene) => sum + frameCount(scene), 0)
  const made = new Map<string, number>()
  return (shot, frames) => {
    made.set(shot, Math.max(frames, made.get(shot) ?? 0))
    const done = [...made.values()].reduce((sum, count) => sum + count, 0)
    onProgress({ fraction: Math.min(1, done / wanted), speed: null, secondsLeft: null })
  }
}

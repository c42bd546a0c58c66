import { execa } from 'execa'
import type { Tools } from './tools.ts'

/** What a build of ffmpeg can do. */
export interface Capabilities {
  readonly encoders: ReadonlySet<string>
  readonly filters: ReadonlySet<string>
  /** H.264 encoders of graphics cards that encoded a picture here. */
  readonly hardwareEncoders: readonly string[]
}

const HARDWARE = ['h264_nvenc', 'h264_qsv', 'h264_vaapi', 'h264_amf', 'h264_videotoolbox', 'h264_v4l2m2m']

/** Asks ffmpeg for its parts; hardware encoders count only when they work. */
export async function listCapabilities(tools: Tools): Promise<Capabilities> {
  const list = async (what: string) => {
    const { stdout } = await execa(tools.ffmpeg, ['-hide_banner', what])
    return new Set(stdout.split('\n').flatMap((line) => /^ [A-Z.|]{2,6} +(\w+) /.exec(line)?.[1] ?? []))
  }
  const [encoders, filters] = await Promise.all([list('-encoders'), list('-filters')])
  const tried = await Promise.all(
    HARDWARE.filter((name) => encoders.has(name)).map(async (name) => {
      const picture = ['-f', 'lavfi', '-i', 'color=s=256x256:d=0.1', '-c:v', name, '-f', 'null', '-']
      const { exitCode } = await execa(tools.ffmpeg, ['-v', 'quiet', ...picture], {
        reject: false,
        timeout: 5000,
      })
      return exitCode === 0 ? [name] : []
    }),
  )
  return { encoders, filters, hardwareEncoders: tried.flat() }
}

/** What ffmpeg's `-progress` protocol says, one block at a time. */
export interface FfmpegProgress {
  /** Frames that went to the first video output so far. */
  readonly frames: number
  /** Seconds of output written, `null` before the first packet. */
  readonly seconds: number | null
  /** Seconds of media per second of time, `null` before it is known. */
  readonly speed: number | null
  readonly done: boolean
}

/**
 * Reads `key=value` lines as `-progress` writes them, in chunks of any size, and hands out one report per block.
 * ffmpeg's own numbers can step back at a seek or be `N/A`: frames and seconds handed out never fall.
 */
export function progressParser(report: (progress: FfmpegProgress) => void): (chunk: string) => void {
  let rest = ''
  let frames = 0
  let seconds: number | null = null
  let speed: number | null = null
  return (chunk) => {
    const lines = (rest + chunk).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) {
      const at = line.indexOf('=')
      if (at < 0) continue
      const key = line.slice(0, at).trim()
      const value = line.slice(at + 1).trim()
      const number = Number.parseFloat(value)
      if (key === 'frame' && number > frames) frames = number
      else if (key === 'out_time_us' && number >= 0) seconds = Math.max(seconds ?? 0, number / 1e6)
      else if (key === 'speed') speed = Number.isFinite(number) ? number : null
      else if (key === 'progress') report({ frames, seconds, speed, done: value === 'end' })
    }
  }
}

/** The parts of `ffprobe -of json` that are read here. Every value may be missing or `N/A`. */
export interface FfprobeReport {
  readonly format?: {
    readonly format_name?: string
    readonly start_time?: string
    readonly duration?: string
  }
  readonly streams?: readonly FfprobeStream[]
  readonly packets?: readonly FfprobePacket[]
}

export interface FfprobeStream {
  readonly index: number
  readonly codec_type?: string
  readonly codec_name?: string
  readonly width?: number
  readonly height?: number
  readonly pix_fmt?: string
  readonly bits_per_raw_sample?: string
  readonly sample_aspect_ratio?: string
  readonly r_frame_rate?: string
  readonly avg_frame_rate?: string
  readonly start_time?: string
  readonly duration?: string
  readonly nb_frames?: string
  readonly field_order?: string
  readonly color_range?: string
  readonly color_space?: string
  readonly color_transfer?: string
  readonly color_primaries?: string
  readonly sample_rate?: string
  readonly channels?: number
  readonly channel_layout?: string
  readonly disposition?: Readonly<Record<string, number>>
  readonly tags?: Readonly<Record<string, string>>
  readonly side_data_list?: readonly { readonly rotation?: number }[]
}

export interface FfprobePacket {
  readonly stream_index: number
  readonly pts_time?: string
  readonly dts_time?: string
}

/** How many packets of the beginning are looked at: some seconds of picture and sound. */
const HEAD_PACKETS = 400

/** Arguments of ffprobe that describe a file and its first packets as JSON; the input follows. */
export const describeTokens: readonly string[] = [
  '-show_format',
  '-show_streams',
  '-show_entries',
  'packet=stream_index,pts_time,dts_time',
  '-read_intervals',
  `%+#${HEAD_PACKETS}`,
  '-of',
  'json',
]

/** Arguments of ffprobe that list the packets of one stream as `pts,duration,flags` lines, from a time on; the input follows. */
export const packetTokens = (stream: number, fromSeconds: number | null): string[] => [
  '-select_streams',
  String(stream),
  '-show_entries',
  'packet=pts_time,duration_time,flags',
  ...(fromSeconds === null ? [] : ['-read_intervals', `${fromSeconds.toFixed(3)}%`]),
  '-of',
  'csv=print_section=0',
]

/** A number that ffprobe wrote, `null` where it wrote none. */
export function numberOf(text: string | undefined): number | null {
  const value = Number.parseFloat(text ?? '')
  return Number.isFinite(value) ? value : null
}

/** What a list of packets says. */
export interface PacketSummary {
  readonly count: number
  /** Where the last picture ends, on the file's own clock; `null` before the first packet that is shown. */
  readonly endSeconds: number | null
}

/**
 * Reads the lines of `packetTokens` in chunks of any size and keeps only their sum. `frameSeconds` stands in for the duration
 * of a packet that has none.
 */
export function packetReader(frameSeconds: number): {
  readonly push: (chunk: string) => void
  readonly summary: () => PacketSummary
} {
  let rest = ''
  let count = 0
  let endSeconds: number | null = null
  const line = (text: string): void => {
    const [pts, duration, flags = ''] = text.split(',')
    if (pts === undefined || pts === '') return
    count++
    const start = numberOf(pts)
    // `D`: an edit list hides it.
    if (start === null || flags.includes('D')) return
    const end = start + (numberOf(duration) ?? frameSeconds)
    if (endSeconds === null || end > endSeconds) endSeconds = end
  }
  return {
    push: (chunk) => {
      const lines = (rest + chunk).split('\n')
      rest = lines.pop() ?? ''
      for (const text of lines) line(text)
    },
    summary: () => {
      line(rest)
      rest = ''
      return { count, endSeconds }
    },
  }
}

import { execa } from 'execa'

/**
 * Likeness of one picture of two files in dB (PSNR of RGB, so that the way a file writes its colours does not count); above 30 two pictures look the same.
 * Both are decoded from their start, so no seek can hide a fault, and scaled to one size.
 */
export async function likeness(
  a: { path: string; at: number },
  b: { path: string; at: number },
  crop = 'null',
): Promise<number> {
  const one = ({ at }: { at: number }) => `trim=start=${at},setpts=0,trim=end_frame=1`
  const graph = `[0:v]${one(a)},scale=180:320,setsar=1,format=gbrp[a];[1:v]${one(b)},${crop},scale=180:320,setsar=1,format=gbrp[b];[a][b]psnr`
  const { stderr } = await execa('ffmpeg', [
    '-i',
    a.path,
    '-i',
    b.path,
    '-filter_complex',
    graph,
    '-f',
    'null',
    '-',
  ])
  const value = /PSNR .*average:(\S+)/.exec(stderr)?.[1]
  return value === 'inf' ? 100 : Number(value)
}

/** Mean level of the sound of a range of a file, dBFS; -100 and less is silence. */
export async function level(path: string, start: number, seconds: number): Promise<number> {
  const range = ['-ss', String(start), '-t', String(seconds)]
  const { stderr } = await execa('ffmpeg', [
    ...range,
    '-i',
    path,
    '-vn',
    '-af',
    'volumedetect',
    '-f',
    'null',
    '-',
  ])
  return Number(/mean_volume: (\S+) dB/.exec(stderr)?.[1])
}

/** Raw samples of a file's sound: one channel, 48 kHz. */
export async function samples(path: string): Promise<Float32Array> {
  const args = ['-v', 'error', '-i', path, '-vn', '-ac', '1', '-ar', '48000', '-f', 'f32le', '-']
  const { stdout } = await execa('ffmpeg', args, { encoding: 'buffer' })
  return new Float32Array(stdout.buffer.slice(stdout.byteOffset, stdout.byteOffset + stdout.byteLength))
}

/** Mean luma of every frame of a file, 0 to 255. */
export async function lumaOfFrames(path: string): Promise<number[]> {
  const args = ['-v', 'error', '-i', path, '-vf', 'scale=1:1:flags=area,format=gray', '-f', 'rawvideo', '-']
  const { stdout } = await execa('ffmpeg', args, { encoding: 'buffer' })
  return [...stdout]
}

/** When the pictures of a file are shown, in their order; seconds. */
export async function pictureTimes(path: string): Promise<number[]> {
  const packets = ['-select_streams', 'v', '-show_entries', 'packet=pts_time', '-of', 'csv=p=0']
  const { stdout } = await execa('ffprobe', ['-v', 'error', ...packets, path])
  return stdout.split('\n').map(Number.parseFloat)
}

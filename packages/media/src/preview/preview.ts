import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { type Cut, CutroomError } from '@cutroom/contracts'
import { inSeconds } from '../plan/filter-graph.ts'
import type { Workplace } from '../render/workplace.ts'
import { runTool } from '../run/run.ts'
import type { Tools } from '../run/tools.ts'

/** Rises when the same timeline would give other bytes than before: a part of every preview's recipe. */
export const PREVIEW_VERSION = 1

const PREVIEW_FILE = 'preview.mp4'
const LIST_FILE = 'preview.txt'

/**
 * Joins a timeline out of proxies by copying packets: nothing is decoded or encoded, and since proxies hold key frames
 * only, cuts are exact to the frame. `proxies` maps a source to its proxy's absolute path. Returns the file in scratch.
 */
export async function cutPreview(
  tools: Tools,
  timeline: readonly Cut[],
  proxies: ReadonlyMap<string, string>,
  place: Workplace,
): Promise<string> {
  const used = new Set(timeline.map((cut) => cut.sourceId))
  const inputs = [...used].map((sourceId) => proxyOf(proxies, sourceId))
  await writeFile(path.join(place.folder, LIST_FILE), previewList(timeline, proxies), { mode: 0o600 })
  await runTool(tools, {
    tool: 'ffmpeg',
    args: PREVIEW_TOKENS,
    inputs,
    cwd: place.folder,
    signal: place.signal,
    timeoutSeconds: 60,
  })
  return path.join(place.folder, PREVIEW_FILE)
}

const PREVIEW_TOKENS: readonly string[] = [
  ...['-protocol_whitelist', 'file', '-f', 'concat', '-safe', '0', '-i', LIST_FILE],
  ...['-map', '0:v', '-map', '0:a?', '-c', 'copy'],
  ...['-map_metadata', '-1', '-fflags', '+bitexact', '-movflags', '+faststart', '-f', 'mp4', PREVIEW_FILE],
]

/** The script of ffmpeg's concat demuxer for a timeline (ffmpeg-formats(1), "concat"). Pure. */
export function previewList(timeline: readonly Cut[], proxies: ReadonlyMap<string, string>): string {
  const lines = timeline.map((cut) => {
    const file = `file:${proxyOf(proxies, cut.sourceId)}`.replaceAll("'", "'\\''")
    return `file '${file}'\ninpoint ${inSeconds(cut.start)}\noutpoint ${inSeconds(cut.end)}\n`
  })
  return `ffconcat version 1.0\n${lines.join('')}`
}

function proxyOf(proxies: ReadonlyMap<string, string>, sourceId: string): string {
  const proxy = proxies.get(sourceId)
  if (proxy) return proxy
  throw new CutroomError('field-invalid', `The timeline names an unknown source ${sourceId}.`, {
    field: 'timeline',
  })
}

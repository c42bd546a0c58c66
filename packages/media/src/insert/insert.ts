import type { Cue, Cut } from '@cutroom/contracts'
import { mentionsOf } from './keywords.ts'

/** A stretch of a source that is worth showing; seconds of the source. */
export interface Moment {
  readonly start: number
  readonly end: number
  /** Higher is better. */
  readonly score: number
}

/** Another video, shown where its keywords are said. */
export interface KeywordVideo {
  readonly sourceId: string
  readonly keywords: readonly string[]
  readonly moments: readonly Moment[]
}

export interface InsertOptions {
  /** Length of the main video's part that is shown. */
  readonly clipSeconds: number
  /** An insert is shown for at least so long. */
  readonly shortestSeconds: number
  /** And for at most so long. */
  readonly longestSeconds: number
}

/** Another video's picture over the main one's; `start` and `end` are seconds of the clip. */
export interface Insert {
  readonly start: number
  readonly end: number
  readonly sourceId: string
  /** Seconds of the source at which it starts. */
  readonly sourceStart: number
  readonly keyword: string
}

export interface Inserts {
  readonly inserts: readonly Insert[]
  /** Keywords that no cue says, by video. */
  readonly unsaid: readonly { readonly sourceId: string; readonly keyword: string }[]
}

/** The main picture is not shown for less than this between two inserts: it would only flash. */
const SHORTEST_RETURN = 0.5

/**
 * Where the pictures of other videos are shown: from a keyword's first word to the end of its cue, each time another moment, the best
 * first; never two at once. Where the next keyword is said before an insert's end, the next one takes over, but not before the
 * first was shown for the shortest time. What is said at the very end is shown a moment early rather than not at all. A video's own keyword
 * inside of its insert changes nothing. Where several videos have the same keyword, the one that was shown least is. Pure.
 */
export function insertsFor(
  cues: readonly Cue[],
  videos: readonly KeywordVideo[],
  options: InsertOptions,
): Inserts {
  const keywords = videos.flatMap(({ keywords }, video) => keywords.map((keyword) => ({ keyword, video })))
  const mentions = mentionsOf(
    cues,
    keywords.map(({ keyword }) => keyword),
  )
  const spoken = mentions.flatMap(({ start, end, keyword: index }) => {
    const { keyword, video } = keywords[index] ?? { keyword: '', video: -1 }
    return videos[video]?.moments.length ? [{ start, end, keyword, video }] : []
  })
  const shows = videos.map(({ moments }) => showMoments(moments))
  const inserts: Insert[] = []
  for (const window of windowsOf(spoken)) {
    const last = inserts.at(-1)
    const video = window.videos.toSorted(
      (a, b) => (shows[a]?.count() ?? 0) - (shows[b]?.count() ?? 0) || a - b,
    )[0]
    const chosen = videos[video ?? -1]
    const show = shows[video ?? -1]
    if (chosen === undefined || show === undefined) continue
    const wanted = Math.max(0, Math.min(window.start, options.clipSeconds - options.shortestSeconds))
    const running = last !== undefined && wanted < last.end
    if (running && last.sourceId === chosen.sourceId) continue
    const start = running ? Math.max(wanted, last.start + options.shortestSeconds) : wanted
    const end = Math.min(
      Math.max(window.end, start + options.shortestSeconds),
      start + options.longestSeconds,
      options.clipSeconds,
    )
    // Pushed back by the insert before it until nothing of its cue is left, or too close to the end of the clip.
    if ((running && start >= window.end) || end - start < options.shortestSeconds - EQUAL) continue
    const moment = show.next(end - start, options.shortestSeconds)
    if (moment === null) continue
    if (running) inserts[inserts.length - 1] = { ...last, end: millis(start) }
    inserts.push({
      start: millis(start),
      end: millis(Math.min(end, start + moment.end - moment.start)),
      sourceId: chosen.sourceId,
      sourceStart: millis(moment.start),
      keyword: window.keyword,
    })
  }
  const said = new Set(mentions.map(({ keyword }) => keyword))
  const unsaid = keywords.flatMap(({ keyword, video }, index) =>
    said.has(index) ? [] : [{ sourceId: videos[video]?.sourceId ?? '', keyword }],
  )
  return { inserts: withoutFlashes(inserts, videos), unsaid }
}

/** Below this, in seconds, times are equal. */
const EQUAL = 1e-9
const millis = (seconds: number): number => Math.round(seconds * 1000) / 1000

interface Window {
  readonly start: number
  readonly end: number
  readonly keyword: string
  /** Indices of the videos with that keyword. */
  readonly videos: readonly number[]
}

/** Mentions, those that start together as one. */
function windowsOf(
  mentions: readonly { start: number; end: number; keyword: string; video: number }[],
): Window[] {
  const windows: Window[] = []
  for (const { start, end, keyword, video } of mentions) {
    const last = windows.at(-1)
    if (last !== undefined && start - last.start < EQUAL)
      windows[windows.length - 1] = { ...last, videos: [...new Set([...last.videos, video])] }
    else windows.push({ start, end, keyword, videos: [video] })
  }
  return windows
}

/** Hands out a video's moments, the best first, each once before any is shown again. */
function showMoments(moments: readonly Moment[]) {
  const best = moments.toSorted((a, b) => b.score - a.score || a.start - b.start)
  const uses = best.map(() => 0)
  return {
    count: (): number => uses.reduce((sum, each) => sum + each, 0),
    /** A moment that lasts as long as wanted, else the longest one that lasts at least so long; among them those shown least. */
    next(wanted: number, least: number): Moment | null {
      const fresh = Math.min(...uses.filter((_, i) => seconds(best[i]) >= least - EQUAL))
      const free = best.filter((moment, i) => uses[i] === fresh && seconds(moment) >= least - EQUAL)
      const chosen =
        free.find((moment) => seconds(moment) >= wanted - EQUAL) ??
        free.toSorted((a, b) => seconds(b) - seconds(a))[0]
      if (chosen === undefined) return null
      const index = best.indexOf(chosen)
      uses[index] = (uses[index] ?? 0) + 1
      return chosen
    },
  }
}

const seconds = (moment: Moment | undefined): number => (moment === undefined ? 0 : moment.end - moment.start)

/** Inserts that go on to the next one where the main picture would only flash between them and the moment lasts. */
function withoutFlashes(inserts: readonly Insert[], videos: readonly KeywordVideo[]): Insert[] {
  return inserts.map((insert, i) => {
    const next = inserts[i + 1]
    if (next === undefined || next.start - insert.end >= SHORTEST_RETURN) return insert
    const moment = videos
      .find(({ sourceId }) => sourceId === insert.sourceId)
      ?.moments.find(({ start }) => millis(start) === insert.sourceStart)
    const lasts = insert.start + seconds(moment)
    return lasts >= next.start - EQUAL ? { ...insert, end: next.start } : insert
  })
}

/**
 * The timeline that shows the inserts over the main one: the main pictures keep their time, so that the main sound, laid over whole,
 * stays with them.
 */
export function timelineWithInserts(main: readonly Cut[], inserts: readonly Insert[]): Cut[] {
  const cuts: Cut[] = []
  let at = 0
  for (const insert of inserts) {
    cuts.push(...partOf(main, at, insert.start))
    const { sourceId, sourceStart: start } = insert
    cuts.push({ sourceId, start, end: millis(start + insert.end - insert.start) })
    at = insert.end
  }
  return [...cuts, ...partOf(main, at, Number.POSITIVE_INFINITY)]
}

/** What a timeline shows between two of its times. */
function partOf(timeline: readonly Cut[], from: number, to: number): Cut[] {
  let clock = 0
  return timeline.flatMap((cut) => {
    const shift = cut.start - clock
    clock += cut.end - cut.start
    const start = Math.max(cut.start, millis(from + shift))
    const end = Math.min(cut.end, millis(to + shift))
    return end - start > EQUAL ? [{ sourceId: cut.sourceId, start, end }] : []
  })
}

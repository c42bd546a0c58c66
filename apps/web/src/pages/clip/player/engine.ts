import type { Playback } from './playback.ts'
import { type EngineEvents, type Reel, showSame } from './reel.ts'
import { cutAt, frameAt, type ShownCut } from './shown.ts'
import { cannotPlay, createSlot, type Slot } from './slot.ts'

/** So long before a cut the next player starts, unseen, so that its picture moves when its turn comes. Seconds. */
const LEAD = 0.12
/** What a player needs to get going. */
const START_DELAY = 0.03
/** Into a picture, so that a time on its edge is never the picture before. */
const INTO_PICTURE = 0.008

/**
 * Plays the cuts of a clip one after the other with two players: one is seen while the other waits at the start of the next cut.
 * The clip's clock follows the pictures.
 */
export function createEngine(
  playback: Playback,
  videos: readonly [HTMLVideoElement, HTMLVideoElement],
  events: EngineEvents,
) {
  const slots = videos.map(createSlot) as [Slot, Slot]
  const ends = new AbortController()
  let [shown, other] = slots
  let reel: Reel | null = null
  let seeks = playback.seeks()
  let animation = 0
  let going = false
  let goAgain = false
  let stopped = false
  let waiting = false

  const wait = (now: boolean) => {
    if (waiting !== now) events.onWaiting(now)
    waiting = now
  }
  const fail = (error: unknown) => {
    const name = error instanceof DOMException ? error.name : ''
    // A player that was told to do something else did not fail.
    if (stopped || name === 'AbortError') return
    playback.pause()
    // A browser lets nothing sound before somebody has touched the page.
    if (name !== 'NotAllowedError') events.onFailed(error)
  }

  // A file may break, or the line be lost, long after its first picture was there.
  for (const { video } of slots)
    video.addEventListener('error', () => fail(cannotPlay(video)), { signal: ends.signal })

  /** The second of its source that a cut shows at a second of the clip. */
  const sourceTime = (cut: ShownCut, seconds: number): number => {
    const lastFrame = cut.until - 0.5 / (reel?.framesPerSecond ?? 30)
    return cut.start + Math.max(0, Math.min(seconds, lastFrame) - cut.at) + INTO_PICTURE
  }

  /** Shows the place where the clock is, however often it moves meanwhile. */
  async function go(): Promise<void> {
    goAgain = true
    if (going) return
    going = true
    while (goAgain && !stopped) {
      goAgain = false
      seeks = playback.seeks()
      await stand().catch(fail)
    }
    going = false
    wait(false)
    if (stopped) return
    events.onTick(false)
    if (playback.isPlaying()) start()
  }

  async function stand(): Promise<void> {
    const index = reel === null ? -1 : cutAt(reel.cuts, playback.time())
    const cut = reel?.cuts[index]
    if (reel === null || cut === undefined) return
    const file = reel.fileOf(cut.sourceId)
    const slot =
      shown.file() !== file && other.file() === file ? other : shown.file() === file ? shown : other
    const late = setTimeout(() => wait(true), 250)
    try {
      slot.cut = -1
      await slot.stand(file, sourceTime(cut, playback.time()))
    } finally {
      clearTimeout(late)
    }
    if (goAgain || stopped) return
    slot.cut = index
    show(slot)
    prepare()
  }

  function show(slot: Slot): void {
    if (slot !== shown) [shown, other] = [slot, shown]
    other.stop()
    other.video.muted = true
    setLevel()
    const cut = reel?.cuts[slot.cut]
    if (cut !== undefined) events.onShow(slot, cut)
  }

  function setLevel(): void {
    const level = reel?.level ?? 0
    shown.video.muted = level === 0
    shown.video.volume = level
  }

  const nextIndex = (): number => {
    const { cuts = [], loop = false } = reel ?? {}
    return shown.cut + 1 < cuts.length ? shown.cut + 1 : loop ? 0 : -1
  }

  /** Lets the other player wait at the next cut. */
  function prepare(): void {
    const index = nextIndex()
    const cut = reel?.cuts[index]
    if (reel === null || cut === undefined) return
    other.cut = index
    other.stand(reel.fileOf(cut.sourceId), Math.max(0, cut.start - LEAD) + INTO_PICTURE).catch(fail)
  }

  function start(): void {
    if (reel === null || going) return
    const { cuts, framesPerSecond } = reel
    const length = cuts.at(-1)?.until ?? 0
    if (playback.time() > length - 1 / framesPerSecond) {
      playback.seek(0)
      return
    }
    setLevel()
    shown.play().catch(fail)
    cancelAnimationFrame(animation)
    animation = requestAnimationFrame(tick)
  }

  function tick(): void {
    if (stopped || !playback.isPlaying() || going || reel === null) return
    animation = requestAnimationFrame(tick)
    const cut = reel.cuts[shown.cut]
    if (cut === undefined) return
    const { video } = shown
    const seconds = video.ended ? cut.until : cut.at + shown.time() - cut.start
    const left = cut.until - seconds
    const isNext = other.cut === nextIndex() && other.cut >= 0
    if (isNext && other.ready && other.video.paused && left < LEAD + START_DELAY) {
      const next = reel.cuts[other.cut]
      if (next !== undefined && next.start >= LEAD) other.play().catch(fail)
    }
    if (left > 0.004) {
      wait(video.readyState < video.HAVE_FUTURE_DATA && !video.paused)
      playback.advance(Math.min(Math.max(seconds, playback.time()), cut.until))
      events.onTick(!video.paused && !waiting)
      return
    }
    if (!isNext) {
      end(cut.until)
      return
    }
    if (!other.ready) {
      video.pause()
      wait(true)
      events.onTick(false)
      return
    }
    wait(false)
    const wraps = other.cut === 0
    show(other)
    if (shown.video.paused) shown.play().catch(fail)
    playback.advance(wraps ? 0 : cut.until)
    prepare()
    events.onTick(true)
  }

  function end(length: number): void {
    playback.advance(length)
    playback.pause()
  }

  function pause(): void {
    cancelAnimationFrame(animation)
    shown.stop()
    other.stop()
    wait(false)
    if (going || reel === null) return
    const { framesPerSecond } = reel
    // On a frame of the export, so that steps go on from what is seen.
    playback.advance(frameAt(playback.time(), framesPerSecond) / framesPerSecond)
    void go()
  }

  let wasPlaying = playback.isPlaying()
  const unsubscribe = playback.subscribe(() => {
    const playing = playback.isPlaying()
    const changed = playing !== wasPlaying
    wasPlaying = playing
    if (playback.seeks() !== seeks) {
      seeks = playback.seeks()
      if (!playing) cancelAnimationFrame(animation)
      void go()
    } else if (changed) {
      if (playing) start()
      else pause()
    }
  })

  return {
    /** Plays something else, from where the clock is. */
    load(next: Reel): void {
      const before = reel
      reel = next
      const sameCuts = before !== null && showSame(before, next)
      playback.setLength(next.cuts.at(-1)?.until ?? 0)
      if (sameCuts) {
        setLevel()
        if (before.loop !== next.loop && !going) prepare()
        return
      }
      void go()
    },
    /** Loads anew what could not be played. */
    retry: () => void go(),
    stop(): void {
      stopped = true
      ends.abort()
      unsubscribe()
      cancelAnimationFrame(animation)
      for (const slot of slots) {
        slot.stop()
        slot.video.removeAttribute('src')
        slot.video.load()
      }
    },
  }
}

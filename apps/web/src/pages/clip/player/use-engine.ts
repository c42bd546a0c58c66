import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { createEngine } from './engine.ts'
import { follow } from './follower.ts'
import type { Playback } from './playback.ts'
import { fadeAt, frameAt, type layCuts, middleCrop } from './shown.ts'

/** What is heard, levels from 0 to 1. */
export interface Mix {
  /** Seconds of the clip at which the voice begins; `null` without one. */
  readonly voiceAt: number | null
  readonly voice: number
  /** The second of the sound under all cuts that is heard first; `null` where each cut brings its own. */
  readonly soundFrom: number | null
  readonly sources: number
  readonly music: number | null
}

interface Played {
  readonly cuts: ReturnType<typeof layCuts>
  readonly framesPerSecond: number
  readonly frameAspect: number
  readonly loop: boolean
  readonly mix: Mix
  readonly fileOf: (sourceId: string) => string
}

/** Plays a clip with two videos and three sounds, which are to be put on the page. `played` is `null` until it is known what to play. */
export function useEngine(
  playback: Playback,
  played: Played | null,
  frame: React.RefObject<HTMLElement | null>,
) {
  const first = useRef<HTMLVideoElement>(null)
  const second = useRef<HTMLVideoElement>(null)
  const voice = useRef<HTMLAudioElement>(null)
  const sound = useRef<HTMLAudioElement>(null)
  const music = useRef<HTMLAudioElement>(null)
  const [waiting, setWaiting] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const [engine, setEngine] = useState<ReturnType<typeof createEngine> | null>(null)

  const onShow = useEffectEvent<Parameters<typeof createEngine>[2]['onShow']>(({ video }, { crop }) => {
    const aspect = played?.frameAspect ?? 1
    const { x, y, width, height } = crop ?? middleCrop(video.videoWidth / video.videoHeight, aspect)
    const percent = (fraction: number) => `${fraction * 100}%`
    Object.assign(video.style, {
      width: percent(1 / width),
      height: percent(1 / height),
      left: percent(-x / width),
      top: percent(-y / height),
      zIndex: '1',
    })
    const hidden = video === first.current ? second.current : first.current
    if (hidden !== null) hidden.style.zIndex = '0'
  })
  const onTick = useEffectEvent((moving: boolean) => {
    if (played === null) return
    const { mix, framesPerSecond } = played
    const time = playback.time()
    const seconds = (at: number | null, from: number) => (at === null ? null : from)
    const at = (element: HTMLAudioElement | null, place: number | null, level: number) => {
      if (element !== null) follow(element, place, { playing: moving, level })
    }
    at(voice.current, seconds(mix.voiceAt, time - (mix.voiceAt ?? 0)), mix.voice)
    at(sound.current, seconds(mix.soundFrom, time + (mix.soundFrom ?? 0)), mix.sources)
    const length = music.current?.duration ?? Number.NaN
    const fade = fadeAt(time, playback.length())
    at(music.current, seconds(mix.music, length > 0 ? time % length : time), (mix.music ?? 0) * fade)
    if (!moving && frame.current !== null)
      frame.current.dataset.pictureFrame = String(frameAt(time, framesPerSecond))
  })

  useEffect(() => {
    if (first.current === null || second.current === null) return
    const made = createEngine(playback, [first.current, second.current], {
      onShow: (...shown) => onShow(...shown),
      onTick: (moving) => onTick(moving),
      onWaiting: setWaiting,
      onFailed: setError,
    })
    setEngine(made)
    return () => {
      setEngine(null)
      made.stop()
    }
  }, [playback])

  useEffect(() => {
    if (engine === null || played === null) return
    const { cuts, framesPerSecond, loop, mix, fileOf } = played
    const level = mix.soundFrom === null ? mix.sources : 0
    engine.load({ cuts, framesPerSecond, loop, level, fileOf })
  }, [engine, played])

  return {
    refs: { first, second, voice, sound, music },
    waiting,
    error,
    retry: () => {
      setError(null)
      engine?.retry()
    },
  }
}

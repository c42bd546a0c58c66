import { frameStart, nextSpeed } from './frames.ts'

export interface PlayerView {
  /** Seconds of the source: the beginning of the frame that is shown, unless it plays. */
  readonly seconds: number
  /** 0 stands still; negative runs backwards. */
  readonly speed: number
}

/** Plays a recording frame by frame, at several speeds, backwards too, or a part of it alone. */
export class SourcePlayer {
  readonly #frameRate: number
  readonly #duration: number
  readonly #listeners = new Set<() => void>()
  #media: HTMLMediaElement | null = null
  #view: PlayerView = { seconds: 0, speed: 0 }
  /** Where it stops by itself. */
  #until = Number.POSITIVE_INFINITY
  #frame = 0
  #lastMs = 0

  constructor(frameRate: number, duration: number) {
    this.#frameRate = frameRate
    this.#duration = duration
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }
  readonly view = (): PlayerView => this.#view

  /** What it plays on; a `ref` of React. */
  readonly attach = (media: HTMLMediaElement | null): void => {
    this.#media = media
    if (media === null) {
      cancelAnimationFrame(this.#frame)
      this.#view = { ...this.#view, speed: 0 }
    } else media.currentTime = this.#middle(this.#view.seconds)
  }

  seek(seconds: number): void {
    this.#until = Number.POSITIVE_INFINITY
    this.#show(seconds)
  }

  step(frames: number): void {
    this.pause()
    this.#show(frameStart(this.#view.seconds, this.#frameRate, this.#duration, frames))
  }

  toggle(): void {
    if (this.#view.speed === 0) this.#run(1)
    else this.pause()
  }

  /** One press of L (`1`) or J (`-1`). */
  shuttle(direction: 1 | -1): void {
    this.#run(nextSpeed(this.#view.speed, direction))
  }

  playRange(start: number, end: number): void {
    this.#show(start)
    this.#run(1)
    this.#until = end
  }

  readonly pause = (): void => {
    if (this.#view.speed === 0) return
    cancelAnimationFrame(this.#frame)
    this.#media?.pause()
    this.#tell({ ...this.#view, speed: 0 })
    this.#show(this.#view.seconds)
  }

  #run(speed: number): void {
    const media = this.#media
    if (media === null) return
    this.#until = Number.POSITIVE_INFINITY
    if (speed > 0 && this.#view.seconds >= this.#duration - 1.5 / this.#frameRate) this.#show(0)
    if (speed > 0) {
      media.playbackRate = speed
      // A pause, or another place, cuts the beginning of playing short.
      media.play().catch(() => undefined)
    } else media.pause()
    this.#tell({ ...this.#view, speed })
    cancelAnimationFrame(this.#frame)
    this.#lastMs = performance.now()
    this.#frame = requestAnimationFrame(this.#follow)
  }

  readonly #follow = (nowMs: number): void => {
    const media = this.#media
    const { speed } = this.#view
    if (media === null || speed === 0) return
    if (speed > 0) this.#tell({ speed, seconds: Math.min(this.#duration, media.currentTime) })
    else {
      // No browser plays backwards; every picture of the small copy is a key frame, so that seeking is as good.
      const seconds = Math.max(0, this.#view.seconds + (speed * (nowMs - this.#lastMs)) / 1000)
      if (!media.seeking) media.currentTime = seconds
      this.#tell({ speed, seconds })
    }
    this.#lastMs = nowMs
    const { seconds } = this.#view
    if (media.ended || seconds >= this.#until || (speed < 0 && seconds === 0)) {
      const last = Math.min(seconds, this.#until - 0.5 / this.#frameRate)
      this.pause()
      this.#show(last)
    } else this.#frame = requestAnimationFrame(this.#follow)
  }

  #show(seconds: number): void {
    const start = frameStart(seconds, this.#frameRate, this.#duration)
    if (this.#media) this.#media.currentTime = this.#middle(start)
    this.#tell({ ...this.#view, seconds: start })
  }

  /** The middle of a frame shows that frame, whatever way times are rounded. */
  #middle(start: number): number {
    return Math.min(this.#duration, start + 0.5 / this.#frameRate)
  }

  #tell(view: PlayerView): void {
    this.#view = view
    for (const listener of this.#listeners) listener()
  }
}

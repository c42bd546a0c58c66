/** A moment of a video's own clock at which a picture was seen. */
interface SeenPicture {
  /** Seconds of the source. */
  readonly mediaTime: number
  /** Of the page's clock, milliseconds. */
  readonly seenAt: number
}

/** A picture is not trusted for longer than this: a slow machine shows fewer than there are. */
const LONGEST_PICTURE_MS = 250

/** Seconds nearer than this are the same picture. */
const SAME_PICTURE = 0.0005

/** One of the players that take turns: it shows a cut, or waits with the first picture of the next one. */
export interface Slot {
  readonly video: HTMLVideoElement
  /** The cut that it stands at; -1 for none. */
  cut: number
  /** Whether it stands there with a picture to show. */
  ready: boolean
  /** The file that it plays. */
  file(): string
  /** Seconds of the source that are seen now. */
  time(): number
  /** Goes to a place of a file and stops there; resolves when its picture can be shown. Throws where the file cannot be played. */
  stand(file: string, seconds: number): Promise<void>
  play(): Promise<void>
  stop(): void
}

export function createSlot(video: HTMLVideoElement): Slot {
  let file = ''
  let seen: SeenPicture | null = null
  let callback = 0
  let turns = 0
  const watch = () => {
    callback = video.requestVideoFrameCallback?.((_now, { mediaTime, expectedDisplayTime }) => {
      seen = { mediaTime, seenAt: expectedDisplayTime }
      watch()
    })
  }
  return {
    video,
    cut: -1,
    ready: false,
    file: () => file,
    time() {
      if (seen === null || video.paused) return video.currentTime
      const since = Math.min(Math.max(performance.now() - seen.seenAt, 0), LONGEST_PICTURE_MS)
      return seen.mediaTime + since / 1000
    },
    async stand(wanted, seconds) {
      const turn = ++turns
      this.ready = false
      video.pause()
      seen = null
      if (file !== wanted || video.error !== null) {
        file = wanted
        video.src = wanted
        await happens(video, 'loadedmetadata')
      }
      if (Math.abs(video.currentTime - seconds) > SAME_PICTURE) {
        video.currentTime = seconds
        do await happens(video, 'seeked')
        while (video.seeking)
      }
      if (video.readyState < video.HAVE_CURRENT_DATA) await happens(video, 'loadeddata')
      if (turn === turns) this.ready = true
    },
    async play() {
      if (!callback) watch()
      video.playbackRate = 1
      await video.play()
    },
    stop() {
      video.pause()
      if (callback) video.cancelVideoFrameCallback?.(callback)
      callback = 0
      seen = null
    },
  }
}

export const cannotPlay = ({ error }: HTMLVideoElement): Error =>
  new Error('The video cannot be played.', { cause: error })

function happens(video: HTMLVideoElement, event: 'loadedmetadata' | 'loadeddata' | 'seeked'): Promise<void> {
  return new Promise((resolve, reject) => {
    const done = () => {
      video.removeEventListener(event, found)
      video.removeEventListener('error', failed)
    }
    const found = () => {
      done()
      resolve()
    }
    const failed = () => {
      done()
      reject(cannotPlay(video))
    }
    video.addEventListener(event, found)
    video.addEventListener('error', failed)
  })
}

import JASSUB from 'jassub'

/** The frame that captions were written for, pixels. */
export interface FrameSize {
  readonly width: number
  readonly height: number
}

/** Draws captions with libass, as a render does. */
export interface CaptionPainter {
  /** Shows an ASS script from now on. */
  setScript(ass: string): void
  /** Draws what is seen at a second of the clip. What it is asked for while it draws takes its turn; only the last of that is drawn. */
  paint(seconds: number): void
  stop(): void
}

interface PaintOptions {
  readonly script: string
  readonly frame: FrameSize
  /** Addresses of font files, of which one family is `family`. */
  readonly fonts: { readonly files: readonly string[]; readonly family: string }
  /** Called with each second that was drawn. */
  readonly onPainted: (seconds: number) => void
}

/** Paints on a canvas of its own that fills `host`, as sharp as the screen is. */
export function createCaptionPainter(
  host: HTMLElement,
  { script, frame, fonts, onPainted }: PaintOptions,
): CaptionPainter {
  const canvas = document.createElement('canvas')
  canvas.className = 'absolute inset-0 size-full'
  canvas.width = frame.width
  canvas.height = frame.height
  host.append(canvas)
  const jassub = new JASSUB({
    canvas,
    subContent: script,
    fonts: [...fonts.files],
    defaultFont: fonts.family,
    // Fonts of the machine have no part in a render, either.
    queryFonts: false,
  })
  let shownScript = script
  let wantedScript = script
  let wanted: number | null = null
  let last = 0
  let isPainting = false
  let isStopped = false

  async function work(): Promise<void> {
    if (isPainting) return
    isPainting = true
    await jassub.ready
    while (!isStopped && (wanted !== null || wantedScript !== shownScript)) {
      const isOther = wantedScript !== shownScript
      if (isOther) {
        shownScript = wantedScript
        await jassub.renderer.setTrack(shownScript)
      }
      last = wanted ?? last
      wanted = null
      const moment = { mediaTime: last, expectedDisplayTime: 0, width: frame.width, height: frame.height }
      // While it draws for a new size of the canvas, it would say too early that this is drawn.
      while (jassub.busy) await nextFrame()
      await jassub.manualRender(moment, isOther)
      if (!isStopped) onPainted(last)
    }
    isPainting = false
  }

  return {
    setScript(ass) {
      wantedScript = ass
      void work()
    },
    paint(seconds) {
      wanted = seconds
      void work()
    },
    stop() {
      isStopped = true
      void jassub.destroy()
    },
  }
}

const nextFrame = (): Promise<unknown> => new Promise(requestAnimationFrame)

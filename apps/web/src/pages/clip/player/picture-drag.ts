import { type PointerEvent, useRef, useState } from 'react'
import { type Crop, type Focus, movedFocus } from './shown.ts'

/** A cut that is shown, and the part of its picture that fills the frame. */
export interface ShownPicture {
  readonly index: number
  readonly crop: Crop
}

/** What comes of moving a picture: while it is `done` or not yet, or `null` where it was taken back. */
export type OnReframe = (index: number, focus: Focus | null, isDone: boolean) => void

interface PictureDrag {
  /** The picture of now; `null` where nothing of it can be moved. */
  readonly shown: () => ShownPicture | null
  readonly onStart: () => void
  readonly onReframe: OnReframe
  /** A press that moved nothing. */
  readonly onPress: () => void
}

/** Who presses moves a little, too. Pixels. */
const SLACK = 6

/** Handlers of what lies over a frame: its picture is dragged to where it shall be, and a press is still a press. */
export function usePictureDrag({ shown, onStart, onReframe, onPress }: PictureDrag) {
  const from = useRef<(ShownPicture & { readonly x: number; readonly y: number; moved: boolean }) | null>(
    null,
  )
  const [isDragging, setDragging] = useState(false)
  const focusAt = ({ clientX, clientY, currentTarget }: PointerEvent): Focus | null => {
    const { width, height } = currentTarget.getBoundingClientRect()
    if (from.current === null || width === 0 || height === 0) return null
    const { crop, x, y } = from.current
    return movedFocus(crop, (clientX - x) / width, (clientY - y) / height)
  }
  const end = (focus: Focus | null) => {
    const start = from.current
    setDragging(false)
    if (start?.moved) onReframe(start.index, focus, true)
    return start
  }
  return {
    isDragging,
    handlers: {
      onPointerDown(event: PointerEvent) {
        const picture = event.isPrimary && event.button === 0 ? shown() : null
        from.current = picture && { ...picture, x: event.clientX, y: event.clientY, moved: false }
      },
      onPointerMove(event: PointerEvent) {
        const start = from.current
        if (start === null || event.buttons === 0) return
        if (!start.moved) {
          if (Math.hypot(event.clientX - start.x, event.clientY - start.y) < SLACK) return
          start.moved = true
          event.currentTarget.setPointerCapture(event.pointerId)
          setDragging(true)
          onStart()
        }
        onReframe(start.index, focusAt(event), false)
      },
      onPointerUp: (event: PointerEvent) => void end(focusAt(event)),
      onPointerCancel() {
        end(null)
        from.current = null
      },
      onClick() {
        const wasMoved = from.current?.moved === true
        from.current = null
        if (!wasMoved) onPress()
      },
    },
  }
}

import { CutroomError, type SafeArea } from '@cutroom/contracts'
import type { CaptionDrawing } from './styles.ts'

export interface Frame {
  /** Pixels. */
  readonly width: number
  readonly height: number
}

/** Where captions may stand, in pixels of the frame, and how large they are. */
export interface Room {
  /** Pixels of an em at full size. */
  readonly em: number
  readonly centreX: number
  /** Widest line of text, without what the style draws around it. */
  readonly lineWidth: number
  readonly top: number
  readonly bottom: number
}

/** Distance of two baselines, fraction of the em. */
export const LINE_PITCH = 1.24

/** Space between words, fraction of the em: wider than the font's, for outlines and the grown word take some of it. */
export const WORD_SPACE = 0.3

/** What a style draws around text, fraction of the em: outline and shadow, or box. */
export function margins(style: CaptionDrawing): { x: number; y: number } {
  const { outline, shadow, box } = style
  // A blur fades out at about two and a half times its strength.
  const soft = shadow === null ? 0 : shadow.width + 2.5 * shadow.blur + shadow.drop
  const drawn = Math.max(outline?.width ?? 0, soft)
  return { x: Math.max(drawn, box?.paddingX ?? 0), y: Math.max(drawn, box?.paddingY ?? 0) }
}

/**
 * The room for captions inside the safe area. The em is a 22nd of a tall frame's height, a 17th of a square or wide
 * one's: legible on a phone held at arm's length, about 15 letters to a portrait line.
 * Throws `field-invalid` where the safe area has no room for two lines of a few letters.
 */
export function roomFor(frame: Frame, safeArea: SafeArea, style: CaptionDrawing): Room {
  const em = Math.min(frame.height, 1.4 * frame.width) / 17
  const left = Math.ceil(safeArea.left * frame.width)
  const right = Math.floor((1 - safeArea.right) * frame.width)
  const top = Math.ceil(safeArea.top * frame.height)
  const bottom = Math.floor((1 - safeArea.bottom) * frame.height)
  // In the frame's middle as long as that costs little width: off-centre looks like a mistake.
  const symmetric = 2 * Math.min(frame.width / 2 - left, right - frame.width / 2)
  const isCentred = symmetric >= 0.8 * (right - left)
  const margin = margins(style)
  const width = isCentred ? symmetric : right - left
  const lineWidth = (width - 2 * margin.x * em) / (style.active?.scale ?? 1)
  if (lineWidth < 4 * em || bottom - top < (2 * LINE_PITCH + 2 * margin.y) * em) {
    throw new CutroomError('field-invalid', 'The safe area leaves no room for two lines of captions.', {
      field: 'safeArea',
      details: { safeArea, frame },
    })
  }
  return { em, centreX: isCentred ? frame.width / 2 : (left + right) / 2, lineWidth, top, bottom }
}

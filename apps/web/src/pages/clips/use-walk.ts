import { useQueryClient } from '@tanstack/react-query'
import { useRouterState } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import type { Clip } from '../../data/clips.ts'
import { heirOf, idsBetween, type Move, movedTo } from './board.ts'
import type { GridHandle } from './clip-grid.tsx'
import type { useTriage } from './triage.ts'

/** Who asked for less motion sees a clip play only when they ask for it. */
const prefersStillness = (): boolean => matchMedia('(prefers-reduced-motion: reduce)').matches

/** The current card of a board and the one that plays, and ways through the cards. `clips` are those of the board, in order. */
export function useWalk(clips: readonly Clip[], triage: ReturnType<typeof useTriage>) {
  const queries = useQueryClient()
  const place = ['place', useRouterState({ select: ({ location }) => location.pathname })]
  const [currentId, setCurrentId] = useState<string | null>(() => queries.getQueryData(place) ?? null)
  const [playingId, setPlayingId] = useState<string | null>(null)
  const [showsDigits, setShowsDigits] = useState(false)
  /** Where a range begins. */
  const anchor = useRef<string | null>(null)
  const grid = useRef<GridHandle>(null)
  const ids = clips.map(({ id }) => id)

  const stand = (id: string | null): void => {
    setCurrentId(id)
    // Who comes back finds the card where they left.
    queries.setQueryData(place, id)
  }
  const focus = (index: number): void => grid.current?.focus(index)
  const pick = ({ id, selected }: Clip): void => {
    anchor.current = id
    triage.pick([id], !selected)
  }
  return {
    grid,
    currentId,
    current: clips.find(({ id }) => id === currentId),
    playingId,
    play: setPlayingId,
    showsDigits,
    hideDigits: () => setShowsDigits(false),
    stand,
    pick,
    show: (id: string) => focus(ids.indexOf(id)),
    /** A card got the focus. */
    arrive({ id }: Clip): void {
      stand(id)
      if (!prefersStillness()) setPlayingId(id)
    },
    hover(clip: Clip | null): void {
      if (clip === null || !prefersStillness()) setPlayingId(clip?.id ?? null)
    },
    go(move: Move, { extend }: { readonly extend: boolean }): void {
      const shape = grid.current?.shape()
      if (shape === undefined) return
      const at = currentId === null ? -1 : ids.indexOf(currentId)
      const index = movedTo(at < 0 ? null : at, move, shape)
      const id = index === null ? undefined : ids[index]
      if (index === null || id === undefined) return
      setShowsDigits(true)
      if (extend) {
        anchor.current ??= currentId
        triage.pick(idsBetween(ids, anchor.current, id), true)
      } else anchor.current = id
      focus(index)
    },
    pickAt(clip: Clip, { shiftKey }: { readonly shiftKey: boolean }): void {
      if (shiftKey) triage.pick(idsBetween(ids, anchor.current, clip.id), true)
      else pick(clip)
      stand(clip.id)
    },
    pickDigit(digit: number): void {
      const index = (grid.current?.firstInView() ?? 0) + digit - 1
      const clip = clips[index]
      setShowsDigits(true)
      if (clip === undefined) return
      pick(clip)
      focus(index)
    },
    pickAll: () => triage.pick(ids, true),
    remove(clipsGone: readonly Clip[], what: string): void {
      const gone = new Set(clipsGone.map(({ id }) => id))
      const heir = currentId === null ? null : heirOf(ids, gone, currentId)
      const hadFocus = document.activeElement?.closest('[role="gridcell"]') != null
      triage.remove(clipsGone, what)
      stand(heir)
      setPlayingId(null)
      const left = ids.filter((id) => !gone.has(id))
      if (hadFocus && heir !== null) requestAnimationFrame(() => focus(left.indexOf(heir)))
    },
  }
}

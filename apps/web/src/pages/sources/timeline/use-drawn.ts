import { useQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useState } from 'react'
import { useStudio } from '../../../app/studio.tsx'
import { featuresQuery, type Source, waveformQuery } from '../../../data/sources.ts'
import { useTries } from '../../../ui/use-tries.ts'
import type { Drawn } from './draw.ts'

/** What is drawn of a source, as far as it is there. */
export function useDrawn(source: Source): Drawn {
  const { api, file } = useStudio()
  const { id, summary, probe } = source
  const peaksPerSecond = summary?.peaksPerSecond ?? null
  const { data: features } = useQuery(featuresQuery(api, id))
  const { data: peaks } = useQuery({ ...waveformQuery(api, id), enabled: peaksPerSecond !== null })
  const strip = summary?.filmstrip ?? null
  const address = strip && file(`/sources/${id}/filmstrip`)
  const [pictures, setPictures] = useState<HTMLImageElement | null>(null)
  const { attempt, failed } = useTries()
  // biome-ignore lint/correctness/useExhaustiveDependencies: each attempt asks for it again.
  useEffect(() => {
    if (address === null) return
    const image = new Image()
    image.src = address
    let isHere = true
    // Until it is there, the lane stays empty; the rest is drawn.
    image.decode().then(
      () => isHere && setPictures(image),
      () => isHere && failed(),
    )
    return () => {
      isHere = false
    }
  }, [address, attempt, failed])
  const durationSeconds = summary?.durationSeconds ?? probe?.durationSeconds ?? 0
  return useMemo(
    () => ({ durationSeconds, strip, pictures, features, peaks, peaksPerSecond }),
    [durationSeconds, strip, pictures, features, peaks, peaksPerSecond],
  )
}

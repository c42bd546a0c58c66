import { useEffect, useRef, useState } from 'react'
import { toastFailed } from './toasts.tsx'

/** Plays one sound at a time. */
export interface Sample {
  /** What is heard, or about to be. */
  readonly of: string | null
  readonly loading: boolean
  /** Plays a sound, or stops it where it is the one that is heard. `read` gives its address. */
  readonly toggle: (of: string, read: () => Promise<string>) => void
}

/** Lets go of bytes that were read for a player. */
function revoke(address: string): void {
  if (address.startsWith('blob:')) URL.revokeObjectURL(address)
}

export function useSample(): Sample {
  const [of, setOf] = useState<string | null>(null)
  const [loading, setLoading] = useState(false)
  const audio = useRef<HTMLAudioElement | null>(null)
  const silence = useRef(() => {
    if (audio.current !== null) revoke(audio.current.src)
    audio.current?.pause()
    audio.current = null
  })
  const stop = () => {
    silence.current()
    setOf(null)
    setLoading(false)
  }
  useEffect(() => silence.current, [])
  const toggle = async (wanted: string, read: () => Promise<string>) => {
    stop()
    if (wanted === of) return
    const sound = new Audio()
    audio.current = sound
    setOf(wanted)
    setLoading(true)
    try {
      const address = await read()
      // Another one may have been asked for meanwhile, or the page is gone.
      if (audio.current !== sound) return revoke(address)
      sound.src = address
      sound.addEventListener('ended', () => audio.current === sound && stop())
      await sound.play()
    } catch (error) {
      if (audio.current !== sound) return
      stop()
      toastFailed(error)
    }
    if (audio.current === sound) setLoading(false)
  }
  return { of, loading, toggle: (wanted, read) => void toggle(wanted, read) }
}

/** Sound that is further off than this is put right at once; nearer, it goes a little faster or slower. Seconds. */
const JUMP = 0.18
/** From here on it is bent back, until it is nearer than the other. */
const FAR = 0.04
const NEAR = 0.012
/** By how much it is sped up or slowed down at most: nobody hears it. */
const MOST_BEND = 0.04

/** Lets a sound go with the clip: at `seconds` of its own, or silent for `null`. */
export function follow(
  sound: HTMLMediaElement,
  seconds: number | null,
  { playing, level }: { readonly playing: boolean; readonly level: number },
): void {
  const silent = seconds === null || (Number.isFinite(sound.duration) && seconds >= sound.duration)
  if (!playing || silent) {
    if (!sound.paused) sound.pause()
    return
  }
  sound.volume = level
  if (sound.readyState === 0) return
  const ahead = sound.currentTime - seconds
  if (Math.abs(ahead) > JUMP && !sound.seeking) sound.currentTime = seconds
  const isNear = Math.abs(ahead) < (sound.playbackRate === 1 ? FAR : NEAR)
  sound.playbackRate = isNear ? 1 : 1 - Math.min(Math.max(ahead / 2, -MOST_BEND), MOST_BEND)
  // What keeps a sound from starting keeps the picture from it too, and is told there.
  if (sound.paused) void sound.play().catch(() => {})
}

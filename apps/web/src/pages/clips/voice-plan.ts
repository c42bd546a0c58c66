/** What giving many clips a voice comes to. Pure. */

interface Spoken {
  readonly id: string
  readonly script: string
  readonly voice: string
}

export interface VoicePlan {
  /** Clips that will speak. */
  readonly clipIds: readonly string[]
  /** How many have nothing to say. */
  readonly silent: number
  /** What is to be spoken: the same words of the same voice once. */
  readonly texts: readonly { readonly text: string; readonly voice: string }[]
}

/** `script` and `voice` are for all of them; without, each clip has its own. */
export function planVoices(
  clips: readonly Spoken[],
  { script, voice }: { readonly script?: string | undefined; readonly voice?: string | undefined },
): VoicePlan {
  const wanted = clips
    .map((clip) => ({ id: clip.id, text: (script ?? clip.script).trim(), voice: voice ?? clip.voice }))
    .filter(({ text }) => text !== '')
  const texts = new Map(wanted.map(({ text, voice }) => [`${voice}\n${text}`, { text, voice }]))
  return {
    clipIds: wanted.map(({ id }) => id),
    silent: clips.length - wanted.length,
    texts: [...texts.values()],
  }
}

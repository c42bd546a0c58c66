import { queryOptions, skipToken } from '@tanstack/react-query'
import { peaksOf } from './wave.ts'

/** The peaks of a sound file; `null` for one that this browser cannot read. */
export const voiceWaveQuery = (address: string | undefined) =>
  queryOptions({
    queryKey: ['voice-wave', address],
    queryFn:
      address === undefined
        ? skipToken
        : async ({ signal }) => {
            const bytes = await (await fetch(address, { signal })).arrayBuffer()
            const context = new OfflineAudioContext(1, 1, 48_000)
            const sound = await context.decodeAudioData(bytes).catch(() => null)
            if (sound === null) return null
            const channels = Array.from({ length: sound.numberOfChannels }, (_, index) =>
              sound.getChannelData(index),
            )
            return peaksOf(channels, sound.sampleRate)
          },
    staleTime: Number.POSITIVE_INFINITY,
  })

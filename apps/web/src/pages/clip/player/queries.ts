import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { type Api, ask } from '../../../api/client.ts'
import type { Clip } from '../../../data/clips.ts'
import type { CaptionStyleId } from './playback.ts'

/** How a render for a preset would show a clip. Another version is another answer. */
export const playbackQuery = (api: Api, { id, version }: Clip, presetId: string) =>
  queryOptions({
    queryKey: ['clip-playback', id, presetId, version],
    queryFn: ({ signal }) =>
      ask(api.GET('/clips/{id}/playback', { params: { path: { id }, query: { presetId } }, signal })),
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
  })

/** The very ASS script that a render for a preset burns in; without a preset, for that of the profile. */
export const assQuery = (
  api: Api,
  { id, version }: Clip,
  { presetId, style }: { readonly presetId?: string; readonly style: CaptionStyleId | null },
) =>
  queryOptions({
    queryKey: ['clip-ass', id, presetId, style, version],
    queryFn: async ({ signal }) => {
      const query = { format: 'ass', ...(presetId && { presetId }), ...(style && { style }) } as const
      const text = await ask(
        api.GET('/clips/{id}/captions', { params: { path: { id }, query }, parseAs: 'text', signal }),
      )
      return String(text)
    },
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
    enabled: style !== null,
  })

/** The fonts that captions are drawn with. */
export const fontsQuery = (api: Api) =>
  queryOptions({
    queryKey: ['fonts'],
    queryFn: ({ signal }) => ask(api.GET('/fonts', { signal })),
    staleTime: Number.POSITIVE_INFINITY,
  })

/**
 * The address of the voice of a clip: another one where the sound is another. Most changes of a clip leave its voice as it is, and a player
 * that loads it anew falls silent for a moment.
 */
export const voiceFileQuery = ({ id, version }: Clip, address: string, hasVoice: boolean) =>
  queryOptions({
    queryKey: ['clip-voice', id, version],
    queryFn: async ({ signal }) => {
      const { headers } = await fetch(address, { method: 'HEAD', signal })
      return `${address}&v=${encodeURIComponent(headers.get('etag') ?? version)}`
    },
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
    enabled: hasVoice,
  })

import { queryOptions } from '@tanstack/react-query'
import { type Api, ask, type Schemas } from '../api/client.ts'

export type Preset = Schemas['ListedPreset']

/** The presets that come with Cutroom, then the brand's own. */
export const presetsQuery = (api: Api) =>
  queryOptions({
    queryKey: ['presets'],
    queryFn: async ({ signal }) => (await ask(api.GET('/presets', { signal }))).items,
  })

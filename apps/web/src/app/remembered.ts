import { keepText, keptText } from '../data/keepsakes.ts'

const KEY = 'cutroom:profile'

/** The id of the profile that was open last in this browser; `null` where none was. */
export const rememberedProfile = (): string | null => keptText(KEY)

export const rememberProfile = (id: string): void => void keepText(KEY, id)

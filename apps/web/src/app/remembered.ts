const KEY = 'cutroom:profile'

/** The id of the profile that was open last in this browser; `null` where none was. */
export function rememberedProfile(): string | null {
  try {
    return localStorage.getItem(KEY)
  } catch {
    return null
  }
}

export function rememberProfile(id: string): void {
  try {
    localStorage.setItem(KEY, id)
  } catch {
    // A browser that keeps nothing for us starts with the default profile.
  }
}

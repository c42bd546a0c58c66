/** A key of the keyboard. */
export function Key({ children }: { readonly children: string }) {
  return (
    <kbd className="rounded border border-current/35 px-1 font-sans text-[11px] leading-4 opacity-80">
      {children}
    </kbd>
  )
}

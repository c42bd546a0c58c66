import { Page } from '../../ui/page.tsx'

export function Exports() {
  return (
    <Page title="Exports">
      <p>…</p>
    </Page>
  )
}

import { Page } from '../../ui/page.tsx'

export function Clips() {
  return (
    <Page title="Clips">
      <p>…</p>
    </Page>
  )
}

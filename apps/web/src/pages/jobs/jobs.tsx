import { Page } from '../../ui/page.tsx'

export function Jobs() {
  return (
    <Page title="Jobs">
      <p>…</p>
    </Page>
  )
}

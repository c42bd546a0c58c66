// Writes the types of the API that the studio in the browser is compiled against:  npm run api-client
import { writeApiTypes } from './api-types.ts'

await writeApiTypes()

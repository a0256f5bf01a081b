using '../main.bicep'

// What is deployed when only what must be given is given. The values are made up; the snapshot beside this file shows the outcome.
param environmentName = 'snapshot'
param kommoIntegrationId = '00000000-0000-4000-8000-000000000001'

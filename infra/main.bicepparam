using 'main.bicep'

// azd sets the AZURE_ variables; KOMMO_INTEGRATION_ID comes from you: azd env set KOMMO_INTEGRATION_ID <id>
param environmentName = readEnvironmentVariable('AZURE_ENV_NAME', 'kommo')
param kommoIntegrationId = readEnvironmentVariable('KOMMO_INTEGRATION_ID')
param operatorPrincipalId = readEnvironmentVariable('AZURE_PRINCIPAL_ID', '')

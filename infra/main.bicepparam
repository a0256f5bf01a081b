using 'main.bicep'

// azd sets the AZURE_ variables; the KOMMO_ ones come from you: azd env set KOMMO_INTEGRATION_ID <id>. See docs/deploy.md.
param environmentName = readEnvironmentVariable('AZURE_ENV_NAME', 'kommo')
param kommoIntegrationId = readEnvironmentVariable('KOMMO_INTEGRATION_ID')
// Whoever deploys may enter the client secret, unless that is a pipeline.
param operatorPrincipalId = readEnvironmentVariable('GITHUB_ACTIONS', '') == 'true'
  ? ''
  : readEnvironmentVariable('AZURE_PRINCIPAL_ID', '')
param operatorPrincipalType = readEnvironmentVariable('AZURE_PRINCIPAL_TYPE', 'User')
param alertEmail = readEnvironmentVariable('KOMMO_ALERT_EMAIL', '')
param privateNetwork = bool(readEnvironmentVariable('KOMMO_PRIVATE_NETWORK', 'false'))
param operatorIpAddress = readEnvironmentVariable('KOMMO_OPERATOR_IP', '')
param maximumInstanceCount = int(readEnvironmentVariable('KOMMO_MAXIMUM_INSTANCES', '40'))

// A budget takes an amount and the month in which it began, which azure.yaml notes at the first deployment.
param monthlyBudget = int(readEnvironmentVariable('KOMMO_MONTHLY_BUDGET', '0'))
param budgetStart = readEnvironmentVariable('KOMMO_BUDGET_START', '')

using '../main.bicep'

// Everything that can be switched on. The values are made up; the snapshot beside this file shows the outcome.
param environmentName = 'snapshot'
param kommoIntegrationId = '00000000-0000-4000-8000-000000000001'
param operatorPrincipalId = '00000000-0000-4000-8000-000000000002'
param privateNetwork = true
param operatorIpAddress = '203.0.113.7'
param logStorageRequests = true
param alertEmail = 'operator@example.com'
param monthlyBudget = 50
param budgetStart = '2026-12-01'

metadata name = 'KommoFunctions'
metadata description = 'A Kommo integration on Azure Functions: storage, vault, identity, monitoring and the app. Holds no secret.'

targetScope = 'resourceGroup'

@description('Azure region. Flex Consumption must be offered there.')
param location string = resourceGroup().location

@description('Short name in every resource name: lower-case letters and digits.')
@minLength(2)
@maxLength(7)
param workload string = 'kommo'

@description('Name of the azd environment; part of the names\' unique suffix, so that one resource group can hold several.')
@minLength(1)
@maxLength(64)
param environmentName string

@description('Id of the integration in Kommo (Settings, Integrations, Keys and scopes: integration id). Its secret goes to the vault by hand, as kommo-client-secret.')
@minLength(36)
@maxLength(36)
param kommoIntegrationId string

@description('Object id of whoever enters the Kommo client secret in the vault. Empty: nobody is given that right here.')
param operatorPrincipalId string = ''

@description('Kind of the operator.')
@allowed(['User', 'Group', 'ServicePrincipal'])
param operatorPrincipalType string = 'User'

@description('How storage is replicated. Zone-redundant storage keeps the hooks through the loss of a zone.')
@allowed(['Standard_LRS', 'Standard_ZRS', 'Standard_GRS', 'Standard_GZRS'])
param storageSkuName string = 'Standard_ZRS'

@description('Days that logs are kept.')
@minValue(30)
@maxValue(730)
param logRetentionInDays int = 30

@description('Instances that are always warm for HTTP, so that a hook is answered within Kommo\'s 2 seconds. 0 saves their price and risks cold starts.')
@minValue(0)
@maxValue(20)
param alwaysReadyHttpInstances int = 1

@description('Most instances per function group. 40 is the lowest that Flex Consumption takes; 7 requests a second to Kommo never need more.')
@minValue(40)
@maxValue(1000)
param maximumInstanceCount int = 40

@description('Memory of an instance, in MB; processor time grows with it.')
@allowed([512, 2048, 4096])
param instanceMemoryMB int = 2048

@description('Requests that one instance takes at a time. Intake waits for one queue write and computes next to nothing.')
@minValue(1)
@maxValue(1000)
param httpConcurrency int = 100

var token = uniqueString(resourceGroup().id, environmentName, location)
var prefix = toLower(workload)

// Known before anything is deployed, so that what-if can show every role.
var names = {
  identity: 'id-${prefix}-${token}'
  workspace: 'log-${prefix}-${token}'
  component: 'appi-${prefix}-${token}'
  storage: 'st${prefix}${token}'
  vault: 'kv-${prefix}-${token}'
  plan: 'plan-${prefix}-${token}'
  app: 'func-${prefix}-${token}'
}

var tags = {
  'azd-env-name': environmentName
}

module identity 'modules/identity.bicep' = {
  params: {
    location: location
    tags: tags
    name: names.identity
  }
}

module monitoring 'modules/monitoring.bicep' = {
  params: {
    location: location
    tags: tags
    workspaceName: names.workspace
    componentName: names.component
    retentionInDays: logRetentionInDays
  }
}

module storage 'modules/storage.bicep' = {
  params: {
    location: location
    tags: tags
    name: names.storage
    skuName: storageSkuName
  }
}

module vault 'modules/key-vault.bicep' = {
  params: {
    location: location
    tags: tags
    name: names.vault
    workspaceId: monitoring.outputs.workspaceId
  }
}

module access 'modules/access.bicep' = {
  dependsOn: [
    identity
    monitoring
    storage
    vault
  ]
  params: {
    identityName: names.identity
    operatorPrincipalId: operatorPrincipalId
    operatorPrincipalType: operatorPrincipalType
    storageAccountName: names.storage
    vaultName: names.vault
    componentName: names.component
  }
}

module functions 'modules/functions.bicep' = {
  // The app reads its package and its storage as soon as it exists: the roles come first.
  dependsOn: [
    access
  ]
  params: {
    location: location
    tags: tags
    planName: names.plan
    name: names.app
    identityId: identity.outputs.id
    identityClientId: identity.outputs.clientId
    deploymentContainerUrl: storage.outputs.deploymentContainerUrl
    storageAccountName: names.storage
    blobEndpoint: storage.outputs.blobEndpoint
    queueEndpoint: storage.outputs.queueEndpoint
    tableEndpoint: storage.outputs.tableEndpoint
    vaultUri: vault.outputs.uri
    applicationInsightsConnectionString: monitoring.outputs.connectionString
    kommoIntegrationId: kommoIntegrationId
    alwaysReadyHttpInstances: alwaysReadyHttpInstances
    maximumInstanceCount: maximumInstanceCount
    instanceMemoryMB: instanceMemoryMB
    httpConcurrency: httpConcurrency
  }
}

@description('Enter this in Kommo as the integration\'s redirect URI.')
output kommoRedirectUri string = functions.outputs.redirectUri

@description('Hooks go to this address followed by /{accountId}/{token}; the app subscribes each account itself.')
output kommoHookBaseUrl string = '${functions.outputs.publicUrl}/api/hooks'

@description('Address of the app.')
output publicUrl string = functions.outputs.publicUrl

@description('Name of the app, to deploy to.')
output functionAppName string = functions.outputs.name

@description('Vault that the Kommo client secret goes to, as the secret kommo-client-secret.')
output keyVaultName string = names.vault

@description('Storage account of the queues, tables and blobs.')
output storageAccountName string = names.storage

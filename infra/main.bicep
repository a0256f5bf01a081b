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

@description('Days after its last change at which a body too large for its message is removed: not less than the settings Maintenance:KeepBodies and Maintenance:KeepDeadLetters together.')
@minValue(31)
@maxValue(4015)
param keepBodiesDays int = 120

@description('Days that logs are kept.')
@minValue(30)
@maxValue(730)
param logRetentionInDays int = 30

@description('Instances that are always warm for HTTP, so that a hook is answered within Kommo\'s 2 seconds. 0 saves their price and risks cold starts.')
@minValue(0)
@maxValue(20)
param alwaysReadyHttpInstances int = 1

@description('Most on-demand instances of each function group: the HTTP functions together, each queue function alone. Regions differ in whether they take less than 40; where they do, 5 is plenty for the queues of some dozen accounts.')
@minValue(1)
@maxValue(1000)
param maximumInstanceCount int = 40

@description('Memory of an instance, in MB; processor time grows with it.')
@allowed([512, 2048, 4096])
param instanceMemoryMB int = 2048

@description('Requests that one instance takes at a time. Intake waits for one queue write and computes next to nothing.')
@minValue(1)
@maxValue(1000)
param httpConcurrency int = 100

@description('Whether storage and vault are reachable from the app\'s own network only. Kommo still reaches the app. Adds a network, private endpoints, DNS zones and an outbound address of its own.')
param privateNetwork bool = false

@description('Address range of the private network; only with privateNetwork. A /24 at least.')
param networkAddressRange string = '10.71.0.0/24'

@description('The public IPv4 address from which the operator enters secrets in the vault; only with privateNetwork. Empty: the vault has no public access at all.')
param operatorIpAddress string = ''

@description('Whether each request to storage is logged: who, what, from where. One record a request, so mind the price of logs.')
param logStorageRequests bool = false

@description('Who gets the alerts and the budget\'s warnings, by e-mail. Empty: alerts are in the portal only, and the budget tells the subscription\'s owners.')
param alertEmail string = ''

@description('Bad answers to hooks within two hours at which an alert is raised. Kommo switches a subscription off after more than 100.')
@minValue(1)
@maxValue(100)
param hookFailureThreshold int = 50

@description('Seconds for which a message may be due before its processing begins, at which an alert is raised. A crash alone delays its message by the trigger\'s lease of ten minutes.')
@minValue(1)
param messageAgeThreshold int = 900

@description('What the resource group may cost a month, in the currency of the subscription\'s bill, before a warning. 0: no budget.')
@minValue(0)
param monthlyBudget int = 0

@description('First day of the month in which the budget was first deployed, such as 2026-12-01; only with monthlyBudget. Azure lets it be set once: keep it when deploying again.')
param budgetStart string = ''

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
  network: 'vnet-${prefix}-${token}'
  actionGroup: 'ag-${prefix}-${token}'
  budget: 'budget-${prefix}-${token}'
}

// Resource ids follow from the names, so that a snapshot of the template shows them and nothing waits for an output.
var ids = {
  identity: resourceId('Microsoft.ManagedIdentity/userAssignedIdentities', names.identity)
  workspace: resourceId('Microsoft.OperationalInsights/workspaces', names.workspace)
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
  dependsOn: [
    monitoring
  ]
  params: {
    location: location
    tags: tags
    name: names.storage
    skuName: storageSkuName
    publicAccess: !privateNetwork
    keepBodiesDays: keepBodiesDays
    workspaceId: ids.workspace
    logRequests: logStorageRequests
  }
}

module vault 'modules/key-vault.bicep' = {
  dependsOn: [
    monitoring
  ]
  params: {
    location: location
    tags: tags
    name: names.vault
    publicAccess: !privateNetwork
    operatorIpAddress: operatorIpAddress
    workspaceId: ids.workspace
  }
}

module network 'modules/network.bicep' = if (privateNetwork) {
  dependsOn: [
    storage
    vault
  ]
  params: {
    location: location
    tags: tags
    name: names.network
    addressRange: networkAddressRange
    storageAccountName: names.storage
    vaultName: names.vault
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
    network
  ]
  params: {
    location: location
    tags: tags
    planName: names.plan
    name: names.app
    identityId: ids.identity
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
    subnetId: privateNetwork ? resourceId('Microsoft.Network/virtualNetworks/subnets', names.network, 'app') : ''
    workspaceId: ids.workspace
  }
}

module alerts 'modules/alerts.bicep' = {
  dependsOn: [
    monitoring
  ]
  params: {
    location: location
    tags: tags
    prefix: 'alert-${prefix}-${token}'
    actionGroupName: names.actionGroup
    email: alertEmail
    componentName: names.component
    hookFailureThreshold: hookFailureThreshold
    messageAgeThreshold: messageAgeThreshold
  }
}

module budget 'modules/budget.bicep' = if (monthlyBudget > 0) {
  params: {
    name: names.budget
    amount: monthlyBudget
    start: empty(budgetStart) ? fail('A monthlyBudget needs a budgetStart: the first day of this month.') : budgetStart
    email: alertEmail
  }
}

@description('Enter this in Kommo as the integration\'s redirect URI.')
output kommoRedirectUri string = functions.outputs.redirectUri

@description('Enter this in Kommo as the address of the hook about disconnecting (uninstalling) the integration.')
output kommoUninstallHookUrl string = '${functions.outputs.publicUrl}/api/uninstall'

@description('Enter this in a Salesbot step (widget_request) as its address.')
output kommoSalesbotUrl string = '${functions.outputs.publicUrl}/api/salesbot'

@description('Enter this as the address of a chat channel\'s hooks; Kommo puts the scope in for :scope_id.')
output kommoChatHookUrl string = '${functions.outputs.publicUrl}/api/chats/:scope_id'

@description('Open this, as an administrator of a Kommo account, to connect the account.')
output kommoConnectUrl string = '${functions.outputs.publicUrl}/api/oauth/start'

@description('Nothing to enter: the app subscribes each account itself, to this address followed by /{accountId}/{token}.')
output kommoHookBaseUrl string = '${functions.outputs.publicUrl}/api/hooks'

@description('Address of the app.')
output publicUrl string = functions.outputs.publicUrl

@description('Name of the app, to deploy to.')
output functionAppName string = names.app

@description('Vault that the Kommo client secret goes to, as the secret kommo-client-secret.')
output keyVaultName string = names.vault

@description('Storage account of the queues, tables and blobs.')
output storageAccountName string = names.storage

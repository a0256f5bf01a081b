metadata description = 'The Functions app on Flex Consumption: one warm instance for hooks, deployment and storage by identity.'

@description('Azure region. Flex Consumption must be offered there.')
param location string

@description('Tags of every resource.')
param tags { *: string }

@description('Name of the plan.')
@minLength(1)
@maxLength(40)
param planName string

@description('Name of the app; it becomes the first label of its host name.')
@minLength(2)
@maxLength(60)
param name string

@description('Resource id of the identity the app runs as.')
param identityId string

@description('Client id of the identity the app runs as.')
param identityClientId string

@description('Address of the container that the app is deployed from.')
param deploymentContainerUrl string

@description('Name of the storage account.')
param storageAccountName string

@description('Blob endpoint.')
param blobEndpoint string

@description('Queue endpoint.')
param queueEndpoint string

@description('Table endpoint.')
param tableEndpoint string

@description('Address of the Key Vault.')
param vaultUri string

@description('Where telemetry goes.')
param applicationInsightsConnectionString string

@description('Id of the integration in Kommo (OAuth client id).')
param kommoIntegrationId string

@description('Instances that are always warm for HTTP, so that a hook is answered within Kommo\'s 2 seconds.')
@minValue(0)
@maxValue(20)
param alwaysReadyHttpInstances int

@description('Most on-demand instances of each function group.')
@minValue(1)
@maxValue(1000)
param maximumInstanceCount int

@description('Memory of an instance, in MB; processor time grows with it.')
@allowed([512, 2048, 4096])
param instanceMemoryMB int

@description('Requests that one instance takes at a time. Intake waits for one queue write and computes next to nothing.')
@minValue(1)
@maxValue(1000)
param httpConcurrency int

@description('Subnet that the app\'s outgoing connections go through. Empty: none.')
param subnetId string

@description('Workspace that receives the host\'s log, which tells of a worker that does not start.')
param workspaceId string

resource plan 'Microsoft.Web/serverfarms@2025-03-01' = {
  name: planName
  location: location
  tags: tags
  kind: 'functionapp'
  sku: {
    name: 'FC1'
    tier: 'FlexConsumption'
  }
  properties: {
    reserved: true
  }
}

resource app 'Microsoft.Web/sites@2025-03-01' = {
  name: name
  location: location
  // azd finds the app that it deploys to by this tag.
  tags: union(tags, { 'azd-service-name': 'functions' })
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: {
      '${identityId}': {}
    }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    // Kommo calls from addresses that it does not publish.
    publicNetworkAccess: 'Enabled'
    virtualNetworkSubnetId: empty(subnetId) ? null : subnetId
    functionAppConfig: {
      runtime: {
        name: 'dotnet-isolated'
        version: '10.0'
      }
      deployment: {
        storage: {
          type: 'blobContainer'
          value: deploymentContainerUrl
          authentication: {
            type: 'UserAssignedIdentity'
            userAssignedIdentityResourceId: identityId
          }
        }
      }
      scaleAndConcurrency: {
        alwaysReady: alwaysReadyHttpInstances == 0
          ? []
          : [
              {
                name: 'http'
                instanceCount: alwaysReadyHttpInstances
              }
            ]
        maximumInstanceCount: maximumInstanceCount
        instanceMemoryMB: instanceMemoryMB
        triggers: {
          http: {
            perInstanceConcurrency: httpConcurrency
          }
        }
      }
    }
    siteConfig: {
      ftpsState: 'Disabled'
      http20Enabled: true
      minTlsVersion: '1.2'
      scmMinTlsVersion: '1.2'
    }
  }
}

// User name and password are no way in: deployment goes by identity.
resource ftpCredentials 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2025-03-01' = {
  parent: app
  name: 'ftp'
  properties: {
    allow: false
  }
}

resource scmCredentials 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2025-03-01' = {
  parent: app
  name: 'scm'
  properties: {
    allow: false
  }
}

// The stable version of this type knows no category groups.
#disable-next-line use-recent-api-versions
resource log 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'to-workspace'
  scope: app
  properties: {
    workspaceId: workspaceId
    logs: [
      {
        category: 'FunctionAppLogs'
        enabled: true
      }
    ]
  }
}

var publicUrl = 'https://${app.properties.defaultHostName}'
var redirectUri = '${publicUrl}/api/oauth/callback'

// A resource of its own, because the settings name the app's host, which exists only once the app does.
resource settings 'Microsoft.Web/sites/config@2025-03-01' = {
  parent: app
  name: 'appsettings'
  properties: {
    AzureWebJobsStorage__accountName: storageAccountName
    AzureWebJobsStorage__credential: 'managedidentity'
    AzureWebJobsStorage__clientId: identityClientId
    KommoStorage__blobServiceUri: blobEndpoint
    KommoStorage__queueServiceUri: queueEndpoint
    KommoStorage__tableServiceUri: tableEndpoint
    KommoStorage__credential: 'managedidentity'
    KommoStorage__clientId: identityClientId
    KommoFunctions__KeyVault__Uri: vaultUri
    KommoFunctions__KeyVault__ClientId: identityClientId
    KommoFunctions__OAuth__ClientId: kommoIntegrationId
    KommoFunctions__OAuth__RedirectUri: redirectUri
    KommoFunctions__PublicUrl: publicUrl
    APPLICATIONINSIGHTS_CONNECTION_STRING: applicationInsightsConnectionString
    APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${identityClientId};Authorization=AAD'
  }
}

@description('Address of the app.')
output publicUrl string = publicUrl

@description('Where Kommo sends a user back to after the consent.')
output redirectUri string = redirectUri

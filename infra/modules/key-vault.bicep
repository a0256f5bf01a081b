metadata description = 'The vault for OAuth tokens, the client secret and the hook key. Roles instead of access policies; nothing in it can be purged early.'

@description('Azure region.')
param location string

@description('Tags of every resource.')
param tags { *: string }

@description('Name of the vault. A deleted vault keeps its name for 90 days: to deploy again under it, recover the vault first.')
@minLength(3)
@maxLength(24)
param name string

@description('Whether the vault is reachable from anywhere, by whoever has a role. If not, only by its private endpoint and from the operator\'s address.')
param publicAccess bool

@description('The operator\'s public IPv4 address, or empty.')
param operatorIpAddress string

@description('Workspace that receives the audit log: who read or wrote which secret.')
param workspaceId string

resource vault 'Microsoft.KeyVault/vaults@2026-02-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    tenantId: tenant().tenantId
    sku: {
      family: 'A'
      name: 'standard'
    }
    enableRbacAuthorization: true
    enableSoftDelete: true
    softDeleteRetentionInDays: 90
    enablePurgeProtection: true
    enabledForDeployment: false
    enabledForDiskEncryption: false
    enabledForTemplateDeployment: false
    networkAcls: {
      bypass: 'None'
      defaultAction: publicAccess ? 'Allow' : 'Deny'
      ipRules: publicAccess || empty(operatorIpAddress)
        ? []
        : [
            {
              value: operatorIpAddress
            }
          ]
    }
    publicNetworkAccess: publicAccess || !empty(operatorIpAddress) ? 'Enabled' : 'Disabled'
  }
}

// The stable version of this type knows no category groups.
#disable-next-line use-recent-api-versions
resource audit 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'to-workspace'
  scope: vault
  properties: {
    workspaceId: workspaceId
    logs: [
      {
        categoryGroup: 'audit'
        enabled: true
      }
    ]
  }
}

@description('Address of the vault.')
output uri string = vault.properties.vaultUri

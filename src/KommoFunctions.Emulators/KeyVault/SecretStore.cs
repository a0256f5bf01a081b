namespace KommoFunctions.Emulators.KeyVault;

/// <summary>The secrets and what may be done to them. A change is on disk before it is visible.</summary>
internal sealed class SecretStore
{
    private readonly Dictionary<string, StoredSecret> _secrets = new(StringComparer.OrdinalIgnoreCase);
    private readonly Lock _lock = new();
    private readonly Dictionary<string, long> _transitions = new(StringComparer.OrdinalIgnoreCase);
    private readonly SecretFiles? _files;
    private readonly TimeSpan _transitionTime;
    private readonly TimeProvider _time;

    public SecretStore(SecretFiles? files, TimeSpan transitionTime, TimeProvider time)
    {
        _files = files;
        _transitionTime = transitionTime;
        _time = time;
        foreach (var secret in files?.Load() ?? [])
        {
            _secrets.Add(secret.Name, secret);
        }
    }

    private long Now => _time.GetUtcNow().ToUnixTimeSeconds();

    public StoredSecret Set(string name, SecretRequest request)
    {
        SecretRules.CheckName(name);
        SecretRules.CheckProperties(request);
        var value = SecretRules.CheckValue(request.Value);
        lock (_lock)
        {
            var existing = _secrets.GetValueOrDefault(name);
            if (IsChanging(name))
            {
                throw VaultException.Changing(name, isDeleted: existing?.Deleted is not null);
            }

            if (existing?.Deleted is not null)
            {
                throw VaultException.NameInDeletedState(name);
            }

            var now = Now;
            var version = new StoredVersion
            {
                Version = Guid.NewGuid().ToString("N"),
                Value = value,
                ContentType = request.ContentType,
                Tags = request.Tags,
                Enabled = request.Attributes?.Enabled ?? true,
                NotBefore = request.Attributes?.Nbf,
                Expires = request.Attributes?.Exp,
                Created = now,
                Updated = now,
            };
            return Keep(new StoredSecret { Name = existing?.Name ?? name, Versions = [.. existing?.Versions ?? [], version] });
        }
    }

    public (StoredSecret Secret, StoredVersion Version) Get(string name, string? version)
    {
        var found = Find(name, version);
        return found.Version.Enabled ? found : throw VaultException.Disabled();
    }

    public (StoredSecret Secret, StoredVersion Version) Update(string name, string? version, SecretRequest request)
    {
        SecretRules.CheckProperties(request);
        lock (_lock)
        {
            var (secret, old) = Find(name, version);
            var changed = old with
            {
                ContentType = request.ContentType ?? old.ContentType,
                Tags = request.Tags ?? old.Tags,
                Enabled = request.Attributes?.Enabled ?? old.Enabled,
                NotBefore = request.Attributes?.Nbf ?? old.NotBefore,
                Expires = request.Attributes?.Exp ?? old.Expires,
                Updated = Now,
            };
            return (Keep(secret.With(changed)), changed);
        }
    }

    public StoredSecret Delete(string name)
    {
        lock (_lock)
        {
            var secret = Find(name, version: null).Secret;
            _transitions[name] = _time.GetTimestamp();
            return Keep(secret with { Deleted = Now });
        }
    }

    public StoredSecret GetDeleted(string name)
    {
        lock (_lock)
        {
            return _secrets.TryGetValue(name, out var secret) && secret.Deleted is not null && !IsChanging(name)
                ? secret
                : throw VaultException.DeletedNotFound(name);
        }
    }

    public StoredSecret Recover(string name)
    {
        lock (_lock)
        {
            if (IsChanging(name))
            {
                throw VaultException.Changing(name, isDeleted: true);
            }

            var secret = GetDeleted(name);
            _transitions[name] = _time.GetTimestamp();
            return Keep(secret with { Deleted = null });
        }
    }

    public void Purge(string name)
    {
        lock (_lock)
        {
            var secret = GetDeleted(name);
            _files?.Remove(secret.Name);
            _secrets.Remove(secret.Name);
        }
    }

    /// <summary>A name's secret, dead ones excluded.</summary>
    public StoredSecret GetAllVersions(string name) => Find(name, version: null).Secret;

    public IReadOnlyList<StoredSecret> List(bool deleted)
    {
        lock (_lock)
        {
            return [.. _secrets.Values
                .Where(secret => secret.Deleted is not null == deleted)
                .OrderBy(secret => secret.Name, StringComparer.OrdinalIgnoreCase)];
        }
    }

    private (StoredSecret Secret, StoredVersion Version) Find(string name, string? version)
    {
        SecretRules.CheckName(name);
        lock (_lock)
        {
            return _secrets.TryGetValue(name, out var secret) && secret.Deleted is null && secret.Find(version) is { } found
                ? (secret, found)
                : throw VaultException.NotFound(version is null ? name : $"{name}/{version}");
        }
    }

    private bool IsChanging(string name) =>
        _transitions.TryGetValue(name, out var began) && _time.GetElapsedTime(began) < _transitionTime;

    private StoredSecret Keep(StoredSecret secret)
    {
        _files?.Save(secret);
        _secrets[secret.Name] = secret;
        return secret;
    }
}

namespace Kommo.Simulator.OAuth;

/// <summary>Why a token or code was not accepted; none when it was.</summary>
internal enum TokenRefusal
{
    None,
    Unknown,
    Revoked,
    Expired,
}

/// <summary>Codes and token pairs: issues, checks and revokes them by the policy (Kommo: OAuth 2.0).</summary>
internal sealed class TokenStore(KommoSimulatorOptions options, HostNames hosts, Action touched)
{
    private static readonly TimeSpan CodeLifetime = TimeSpan.FromMinutes(20);
    private readonly Lock _gate = new();
    private readonly Dictionary<string, SimulatedTokenPair> _byRefresh = [];
    private readonly Dictionary<string, string> _refreshOfAccess = [];
    private readonly Dictionary<string, IssuedCode> _codes = [];

    public string Host => hosts.Account;

    public IReadOnlyList<SimulatedTokenPair> All
    {
        get
        {
            lock (_gate)
            {
                return [.. _byRefresh.Values.OrderBy(pair => pair.IssuedAt)];
            }
        }
    }

    public AuthorizationCode Authorize(long userId)
    {
        AuthorizationCode code = new(AccessTokenWriter.Code(), Host, options.TimeProvider.GetUtcNow() + CodeLifetime);
        lock (_gate)
        {
            _codes[code.Code] = new IssuedCode(code.Code, userId, code.ExpiresAt, IsUsed: false);
        }

        touched();
        return code;
    }

    public SimulatedTokenPair Issue(long userId)
    {
        lock (_gate)
        {
            return Issue(userId, "authorization_code", exchangedFor: null);
        }
    }

    public (SimulatedTokenPair? Pair, TokenRefusal Refusal) Exchange(string code)
    {
        lock (_gate)
        {
            if (!_codes.TryGetValue(code, out IssuedCode? issued))
            {
                return (null, TokenRefusal.Unknown);
            }

            if (issued.IsUsed || issued.ExpiresAt <= options.TimeProvider.GetUtcNow())
            {
                return (null, issued.IsUsed ? TokenRefusal.Revoked : TokenRefusal.Expired);
            }

            _codes[code] = issued with { IsUsed = true };
            return (Issue(issued.UserId, "authorization_code", exchangedFor: null), TokenRefusal.None);
        }
    }

    public (SimulatedTokenPair? Pair, TokenRefusal Refusal) Refresh(string refreshToken)
    {
        lock (_gate)
        {
            TokenRefusal refusal = Check(_byRefresh.GetValueOrDefault(refreshToken), pair => pair.RefreshExpiresAt);
            if (refusal != TokenRefusal.None)
            {
                return (null, refusal);
            }

            SimulatedTokenPair old = Use(_byRefresh[refreshToken]);
            SimulatedTokenPair pair = Issue(old.UserId, "refresh_token", old.RefreshToken);
            if (options.RefreshTokenPolicy == RefreshTokenPolicy.OldDiesAtOnce)
            {
                Revoke(old.RefreshToken);
            }

            return (pair, TokenRefusal.None);
        }
    }

    /// <summary>The user of an access token; its first use ends the pair that it was exchanged for.</summary>
    public (long UserId, TokenRefusal Refusal) Authenticate(string accessToken)
    {
        if (options.LongLivedToken is { } longLived && longLived == accessToken)
        {
            return (Accounts.AccountCatalog.Admin, TokenRefusal.None);
        }

        lock (_gate)
        {
            SimulatedTokenPair? pair =
                _refreshOfAccess.TryGetValue(accessToken, out string? refreshToken) ? _byRefresh[refreshToken] : null;
            TokenRefusal refusal = Check(pair, found => found.AccessExpiresAt);
            return refusal == TokenRefusal.None ? (Use(pair!).UserId, refusal) : (0, refusal);
        }
    }

    public TokenRefusal CheckRefreshToken(string refreshToken)
    {
        lock (_gate)
        {
            return Check(_byRefresh.GetValueOrDefault(refreshToken), pair => pair.RefreshExpiresAt);
        }
    }

    public void RevokeAll()
    {
        lock (_gate)
        {
            foreach (string refreshToken in _byRefresh.Keys.ToArray())
            {
                Revoke(refreshToken);
            }
        }

        touched();
    }

    public TokenState Export()
    {
        lock (_gate)
        {
            return new TokenState([.. _byRefresh.Values], [.. _codes.Values]);
        }
    }

    public void Import(TokenState state)
    {
        lock (_gate)
        {
            foreach (SimulatedTokenPair pair in state.Pairs)
            {
                Keep(pair);
            }

            foreach (IssuedCode code in state.Codes)
            {
                _codes[code.Code] = code;
            }
        }
    }

    private TokenRefusal Check(SimulatedTokenPair? pair, Func<SimulatedTokenPair, DateTimeOffset> expiry) => pair switch
    {
        null => TokenRefusal.Unknown,
        { IsRevoked: true } => TokenRefusal.Revoked,
        _ when expiry(pair) <= options.TimeProvider.GetUtcNow() => TokenRefusal.Expired,
        _ => TokenRefusal.None,
    };

    private SimulatedTokenPair Use(SimulatedTokenPair pair)
    {
        if (pair.IsUsed)
        {
            return pair;
        }

        if (pair.ExchangedFor is { } old)
        {
            Revoke(old);
        }

        SimulatedTokenPair used = Keep(pair with { IsUsed = true });
        touched();
        return used;
    }

    private void Revoke(string refreshToken)
    {
        if (_byRefresh.TryGetValue(refreshToken, out SimulatedTokenPair? pair))
        {
            Keep(pair with { IsRevoked = true });
        }
    }

    private SimulatedTokenPair Issue(long userId, string grantType, string? exchangedFor)
    {
        DateTimeOffset now = options.TimeProvider.GetUtcNow();
        SimulatedTokenPair pair = Keep(new SimulatedTokenPair
        {
            AccessToken = AccessTokenWriter.AccessToken(options, hosts.Api, userId, grantType, now),
            RefreshToken = AccessTokenWriter.RefreshToken(),
            ExchangedFor = exchangedFor,
            UserId = userId,
            IssuedAt = now,
            AccessExpiresAt = now + options.AccessTokenLifetime,
            RefreshExpiresAt = now + options.RefreshTokenLifetime,
        });
        touched();
        return pair;
    }

    private SimulatedTokenPair Keep(SimulatedTokenPair pair)
    {
        _refreshOfAccess[pair.AccessToken] = pair.RefreshToken;
        return _byRefresh[pair.RefreshToken] = pair;
    }
}

/// <summary>A code as the state file keeps it.</summary>
internal sealed record IssuedCode(string Code, long UserId, DateTimeOffset ExpiresAt, bool IsUsed);

/// <summary>Codes and tokens as the state file keeps them.</summary>
internal sealed record TokenState(IReadOnlyList<SimulatedTokenPair> Pairs, IReadOnlyList<IssuedCode> Codes);

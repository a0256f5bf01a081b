namespace Kommo.Simulator;

/// <summary>What becomes of a token pair once it was refreshed. Kommo's own pages disagree (Kommo: OAuth 2.0), so both exist.</summary>
public enum RefreshTokenPolicy
{
    /// <summary>The old access and refresh tokens stop working as the new pair is issued; a lost answer loses the grant.</summary>
    OldDiesAtOnce,

    /// <summary>The old pair works until the new one is first used, for a call or for a refresh; a lost answer may be asked for again.</summary>
    OldLivesUntilNewIsUsed,
}

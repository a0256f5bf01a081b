namespace Kommo.Simulator.Hooks;

/// <summary>One change of the account as the hooks see it.</summary>
/// <param name="Settings">The names of <c>settings</c> that ask for it; any one of them is enough.</param>
/// <param name="Write">Writes the part of the body below the account block.</param>
internal sealed record Change(IReadOnlyList<string> Settings, Action<FormBody> Write);

/// <summary>Where changes of the account are announced.</summary>
internal interface IChangeSink
{
    /// <summary>Announces a change that may send hooks.</summary>
    void Publish(Change change);

    /// <summary>Announces a change that sends none but has to be kept.</summary>
    void Touch();
}

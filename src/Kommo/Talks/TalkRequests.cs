namespace Kommo;

internal sealed record TalkClosing(bool ForceClose);

internal sealed record TalkText(string Text);

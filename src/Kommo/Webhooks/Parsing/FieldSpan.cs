namespace Kommo.Webhooks;

/// <summary>Where one field lies in the buffer: its key's rest after the item (<c>[name]</c>), and right behind it its value.</summary>
internal readonly record struct FieldSpan(int Start, int KeyLength, int ValueLength, int Item)
{
    public ReadOnlySpan<byte> Key(byte[] buffer) => buffer.AsSpan(Start, KeyLength);

    public ReadOnlySpan<byte> Value(byte[] buffer) => buffer.AsSpan(Start + KeyLength, ValueLength);
}

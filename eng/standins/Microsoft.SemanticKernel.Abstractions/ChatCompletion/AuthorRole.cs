namespace Microsoft.SemanticKernel.ChatCompletion;

/// <summary>Stand-in. Who wrote a message.</summary>
public readonly struct AuthorRole(string label) : IEquatable<AuthorRole>
{
    public static AuthorRole System { get; } = new("system");

    public static AuthorRole Assistant { get; } = new("assistant");

    public static AuthorRole User { get; } = new("user");

    public static AuthorRole Tool { get; } = new("tool");

    public string Label { get; } = label;

    public static bool operator ==(AuthorRole left, AuthorRole right) => left.Equals(right);

    public static bool operator !=(AuthorRole left, AuthorRole right) => !left.Equals(right);

    public bool Equals(AuthorRole other) => string.Equals(Label, other.Label, StringComparison.OrdinalIgnoreCase);

    public override bool Equals(object? obj) => obj is AuthorRole other && Equals(other);

    public override int GetHashCode() => StringComparer.OrdinalIgnoreCase.GetHashCode(Label ?? "");

    public override string ToString() => Label ?? "";
}

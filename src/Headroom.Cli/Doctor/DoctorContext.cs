using Headroom.Cli.Doctor.Proxies;
using Headroom.Cli.Wrap;

namespace Headroom.Cli.Doctor;

/// <summary>What is looked at: read once, shared by the checks.</summary>
internal sealed class DoctorContext
{
    private readonly Lazy<Task<IReadOnlyList<FoundProxy>>> _proxies;

    public DoctorContext() => _proxies = new Lazy<Task<IReadOnlyList<FoundProxy>>>(() => Task.Run(() => ProxyFinder.FindAsync(CancellationToken.None)));

    /// <summary>The store the user names, as with <c>--store</c>.</summary>
    public string? Store { get; init; }

    /// <summary>Whether nothing outside of this machine may be asked.</summary>
    public bool Offline { get; init; }

    /// <summary>Recordings the user names; none for the newest ones.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>The user's home folder, where agents keep what they are told.</summary>
    public string Home { get; init; } = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);

    /// <summary>The folder the tool was started in.</summary>
    public string Folder { get; init; } = Environment.CurrentDirectory;

    /// <summary>What an agent that was started here would find.</summary>
    public AgentContext Agent => new() { Arguments = [], Environment = AgentContext.Inherited(), Home = Home, Folder = Folder };

    /// <summary>Proxies of this user that run, or have left something behind.</summary>
    public Task<IReadOnlyList<FoundProxy>> ProxiesAsync(CancellationToken cancellationToken) => _proxies.Value.WaitAsync(cancellationToken);

    /// <summary>A variable of the environment; <see langword="null"/> where it is not set, or to nothing.</summary>
    public static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

    /// <summary>A path as people write it: <c>~</c> for the home folder.</summary>
    public string Short(string path) =>
        Home.Length > 1 && path.StartsWith(Home + Path.DirectorySeparatorChar, StringComparison.Ordinal) ? "~" + path[Home.Length..] : path;
}

using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Headroom.Cli.Storage;
using Headroom.Cli.Wire;

namespace Headroom.Cli.Proxy.Running;

/// <summary>The file a running proxy leaves in the user's data folder, one a port: <c>headroom/proxy/8787.json</c>, readable by nobody else.</summary>
/// <remarks>It may be left over from a proxy that was killed, so it says where to ask, not that somebody answers.</remarks>
internal static class StateFile
{
    private const UnixFileMode OnlyUser = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>The start of a process is known to a hundredth of a second, and by a clock that may have been set since.</summary>
    private static readonly TimeSpan s_clockSteps = TimeSpan.FromSeconds(2);

    /// <summary>The file of a port; <see langword="null"/> where the user has no data folder.</summary>
    public static string? PathOf(int port) =>
        Path.GetDirectoryName(StoreFile.Resolve(null)) is { Length: > 0 } data ? Path.Combine(data, "proxy", FormattableString.Invariant($"{port}.json")) : null;

    /// <summary>Leaves the file. A proxy that cannot leave one runs all the same.</summary>
    public static void Write(RunningProxy proxy)
    {
        if (PathOf(proxy.Address.Port) is not { } path) return;
        try
        {
            string folder = Path.GetDirectoryName(path)!;
            if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
            else Directory.CreateDirectory(folder, OnlyUser);
            AtomicFile.Write(path, ToJson(proxy), isPrivate: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Others then have to be told the address and the token.
        }
    }

    /// <summary>Takes the file away, where it still is this proxy's.</summary>
    public static void Remove(RunningProxy proxy)
    {
        if (Read(proxy.Address.Port) is not { } left || left.ProcessId != proxy.ProcessId) return;
        try
        {
            File.Delete(PathOf(proxy.Address.Port)!);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It says where to ask; nobody will answer.
        }
    }

    /// <summary>Whether the process that left a file is there: by its id, and by when it began. One that began later has the number of the one that wrote, and nothing else of it.</summary>
    public static bool IsRunning(RunningProxy proxy)
    {
        try
        {
            using var process = Process.GetProcessById(proxy.ProcessId);
            return !process.HasExited && process.StartTime.ToUniversalTime() <= File.GetLastWriteTimeUtc(PathOf(proxy.Address.Port)!) + s_clockSteps;
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or Win32Exception or IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>The ports there are files of; none where the folder cannot be read.</summary>
    public static IReadOnlyList<int> Ports()
    {
        if (Path.GetDirectoryName(PathOf(0)) is not { } folder || !Directory.Exists(folder)) return [];
        List<int> ports = [];
        try
        {
            foreach (string file in Directory.EnumerateFiles(folder, "*.json"))
            {
                if (int.TryParse(Path.GetFileNameWithoutExtension(file), NumberStyles.None, CultureInfo.InvariantCulture, out int port) && port is > 0 and <= 65535) ports.Add(port);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What is found by its port only is found all the same.
        }

        ports.Sort();
        return ports;
    }

    /// <summary>Takes away the files of wraps that were killed: their ports are never the same, so nobody would write over them.</summary>
    public static void RemoveLeftOver()
    {
        foreach (int port in Ports())
        {
            if (Read(port) is { Wrap: not null } left && !IsRunning(left)) Remove(left);
        }
    }

    /// <summary>What the file of a port says; <see langword="null"/> where there is none.</summary>
    public static RunningProxy? Read(int port)
    {
        try
        {
            if (PathOf(port) is not { } path || JsonFields.TryParse(File.ReadAllBytes(path)) is not { } json) return null;
            return Uri.TryCreate(json.Text("address"), UriKind.Absolute, out Uri? address) && json.Count("pid") is { } id
                ? new RunningProxy(address, json.Text("token"), (int)id, json.Text("wrap"))
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static byte[] ToJson(RunningProxy proxy)
    {
        using var output = new MemoryStream();
        using (var json = new Utf8JsonWriter(output))
        {
            json.WriteStartObject();
            json.WriteString("address", proxy.Root);
            json.WriteString("token", proxy.Token);
            json.WriteNumber("pid", proxy.ProcessId);
            if (proxy.Wrap is not null) json.WriteString("wrap", proxy.Wrap);
            json.WriteEndObject();
        }

        return output.ToArray();
    }
}

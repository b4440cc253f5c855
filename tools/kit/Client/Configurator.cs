using System;
using System.Collections.Generic;
using System.Linq;
using MeshNode.Kit.Messages;
using MeshNode.Kit.Networks;
using MeshNode.Network;

namespace MeshNode.Kit.Client;

/// <summary>Configures nodes step by step. Each method begins a <see cref="Procedure"/>, which runs with the ticks of the client's node.</summary>
public sealed class Configurator
{
    private const int ToSecondPhase = 2;
    private const int ToNormal = 3;

    private readonly MeshNetwork _network;
    private readonly ClientNode _client;

    public Configurator(MeshNetwork network, ClientNode client)
    {
        _network = network;
        _client = client;
    }

    /// <summary>Writes the network durably: called before a new key leaves for the first node, since without it the node could not be brought back. Or <see langword="null"/>.</summary>
    public Action? Keep { get; set; }

    /// <summary>Reads the composition of a node.</summary>
    public Procedure ReadComposition(KnownNode node, long now)
    {
        return Run(procedure => CompositionSteps(procedure, node), now);
    }

    /// <summary>Gives an application key to a node.</summary>
    public Procedure AddAppKey(KnownNode node, int appKeyIndex, long now)
    {
        return Run(procedure => AppKeySteps(procedure, node, appKeyIndex), now);
    }

    /// <summary>Binds a model to an application key, which the node has.</summary>
    public Procedure Bind(KnownNode node, int elementAddress, int appKeyIndex, ModelId model, long now)
    {
        return Run(
            procedure => Step<ModelAppStatus>(
                procedure,
                node,
                ConfigurationMessages.ModelAppBind(elementAddress, appKeyIndex, model),
                _ => NodeDocument.SetBinding(node, elementAddress, model, appKeyIndex, true)),
            now);
    }

    /// <summary>Lets a model publish.</summary>
    public Procedure Publish(KnownNode node, int elementAddress, int address, PublicationParameters parameters, ModelId model, long now)
    {
        byte[] message = ConfigurationMessages.ModelPublicationSet(elementAddress, address, parameters, model);

        return Run(procedure => Step<ModelPublicationStatus>(procedure, node, message, status => NodeDocument.Apply(node, status)), now);
    }

    /// <summary>Lets a model subscribe to a group address.</summary>
    public Procedure Subscribe(KnownNode node, int elementAddress, int address, ModelId model, long now)
    {
        byte[] message = ConfigurationMessages.ModelSubscriptionAdd(elementAddress, address, model);

        return Run(
            procedure => Step<ModelSubscriptionStatus>(
                procedure, node, message, _ => NodeDocument.SetSubscription(node, elementAddress, model, NodeDocument.Hex16(address), true)),
            now);
    }

    /// <summary>Reads the composition of a node, gives it an application key, and binds all models to it that can be.</summary>
    public Procedure SetUp(KnownNode node, int appKeyIndex, long now)
    {
        return Run(procedure => SetUpSteps(procedure, node, appKeyIndex), now);
    }

    /// <summary>Makes a node leave the network.</summary>
    public Procedure Reset(KnownNode node, long now)
    {
        return Run(procedure => ResetSteps(procedure, node), now);
    }

    /// <summary>
    /// Replaces a network key and the application keys bound to it in all nodes that have it, in three phases. See Mesh Protocol 1.1,
    /// section 3.11.4. A node that is excluded keeps the old keys, and is outside the network afterwards.
    /// </summary>
    /// <param name="progress">Told of each node that has taken a step or failed to, or <see langword="null"/>.</param>
    /// <remarks>
    /// Before any node changes to the new keys, all must have them. Nodes that do not answer end the procedure there; called again it asks those that are left, or goes on
    /// without them when they are excluded. In the later phases a node that does not answer ends the procedure as well, but learns of the phase from beacons. When beacons
    /// end the key refresh for this side first, called again it asks the nodes that have not said so, and begins no other. When a node is excluded that may have a new key
    /// by then, the keys are replaced once more.
    /// </remarks>
    public Procedure RefreshKeys(int netKeyIndex, IReadOnlyCollection<KnownNode> excluded, long now, Action<KnownNode, KeyRefreshStep, Request>? progress = null)
    {
        return Run(procedure => RefreshSteps(procedure, netKeyIndex, excluded, progress), now);
    }

    // Models of the foundation are secured with the device key, but for the health models.
    private static bool TakesAppKey(ModelId model)
    {
        return !model.IsSig || model.Id is 0x0002 or 0x0003 or >= 0x1000;
    }

    private Procedure Run(Func<Procedure, IEnumerable<Request>> steps, long now)
    {
        return _client.Run(new Procedure(steps), now);
    }

    private IEnumerable<Request> Step<TStatus>(Procedure procedure, KnownNode node, byte[] message, Action<TStatus>? succeeded = null)
        where TStatus : class, IStatusMessage<TStatus>
    {
        if (procedure.Failed != null)
        {
            yield break;
        }

        Request<TStatus> request = _client.Configuration.Send<TStatus>(node.Address, message, procedure.Now);

        yield return request;

        if (request.Succeeded)
        {
            succeeded?.Invoke(request.Answer!);
        }
        else
        {
            procedure.Fail(request);
        }
    }

    private IEnumerable<Request> CompositionSteps(Procedure procedure, KnownNode node)
    {
        return Step<CompositionDataStatus>(
            procedure, node, ConfigurationMessages.CompositionDataGet(0), status => node.Composition = status.Page0);
    }

    private IEnumerable<Request> AppKeySteps(Procedure procedure, KnownNode node, int appKeyIndex)
    {
        AppKeyEntry entry = _network.AppKeys.First(key => key.Index == appKeyIndex);
        byte[] message = ConfigurationMessages.AppKeyAdd(entry.NetKeyIndex, entry.Index, _network.TransmitKey(entry));

        return Step<AppKeyStatus>(procedure, node, message, _ => node.AppKeys.Add(appKeyIndex));
    }

    private IEnumerable<Request> SetUpSteps(Procedure procedure, KnownNode node, int appKeyIndex)
    {
        foreach (Request request in CompositionSteps(procedure, node).Concat(AppKeySteps(procedure, node, appKeyIndex)))
        {
            yield return request;

            if (procedure.Failed != null)
            {
                yield break;
            }
        }

        for (int i = 0; i < (node.Composition?.Elements.Count ?? 0); i++)
        {
            foreach (ModelId model in node.Composition!.Elements[i].Models.Where(TakesAppKey))
            {
                int element = node.Address + i;
                byte[] message = ConfigurationMessages.ModelAppBind(element, appKeyIndex, model);

                foreach (Request request in Step<ModelAppStatus>(procedure, node, message, _ => NodeDocument.SetBinding(node, element, model, appKeyIndex, true)))
                {
                    yield return request;
                }

                if (procedure.Failed != null)
                {
                    yield break;
                }
            }
        }
    }

    private IEnumerable<Request> ResetSteps(Procedure procedure, KnownNode node)
    {
        return Step<NodeResetStatus>(procedure, node, ConfigurationMessages.NodeReset(), _ => _network.RemoveNode(node));
    }

    private IEnumerable<Request> RefreshSteps(
        Procedure procedure,
        int netKeyIndex,
        IReadOnlyCollection<KnownNode> excluded,
        Action<KnownNode, KeyRefreshStep, Request>? progress)
    {
        NetKeyEntry entry = _network.NetKeys.First(key => key.Index == netKeyIndex);

        // Beacons may have ended one that was not gone through: then it is that one that is meant.
        bool confirm = entry.Phase == KeyRefreshPhase.Normal && entry.Pending.Count > 0 && excluded.All(static node => node.Excluded) && !_network.IsLeaked(entry);

        foreach (KnownNode node in excluded)
        {
            node.Excluded = true;

            if (node.UpdatedNetKeys.Contains(netKeyIndex))
            {
                entry.Pending.Add(node.Address);
            }
        }

        do
        {
            foreach (Request request in confirm ? ConfirmSteps(procedure, entry, progress) : RefreshOnceSteps(procedure, entry, progress))
            {
                yield return request;
            }
        }
        while (procedure.Failed == null && _network.IsLeaked(entry));
    }

    private IEnumerable<Request> RefreshOnceSteps(Procedure procedure, NetKeyEntry entry, Action<KnownNode, KeyRefreshStep, Request>? progress)
    {
        int netKeyIndex = entry.Index;
        List<KnownNode> nodes = [.. _network.Nodes.Where(node => node.NetKeys.Contains(netKeyIndex) && node.HasDeviceKey && !node.Excluded)];

        // Nodes that have ended the key refresh do not take a phase any more.
        Dictionary<KnownNode, int> phases = [];
        bool resumed = entry.Phase == KeyRefreshPhase.Second;

        if (entry.Phase == KeyRefreshPhase.Normal)
        {
            _network.StartKeyRefresh(entry);
            entry.Pending.Clear();
        }

        if (entry.Phase == KeyRefreshPhase.First)
        {
            entry.Pending.UnionWith(nodes.Select(static node => node.Address));
        }

        Keep?.Invoke();

        if (entry.Phase == KeyRefreshPhase.First)
        {
            _client.SynchronizeKeys();

            foreach (KnownNode node in nodes)
            {
                foreach (Request request in NewKeySteps(procedure, node, entry))
                {
                    yield return request;

                    progress?.Invoke(node, KeyRefreshStep.NewKeys, request);
                }
            }

            // A node without the new keys would be lost from here on.
            if (procedure.Failed != null)
            {
                yield break;
            }

            entry.Phase = KeyRefreshPhase.Second;
            _client.SynchronizeKeys();
            Keep?.Invoke();
        }

        foreach (KnownNode node in resumed ? nodes : [])
        {
            Request<KeyRefreshPhaseStatus> request = AskPhase(procedure, node, netKeyIndex);

            yield return request;

            if (request.Succeeded)
            {
                phases[node] = request.Answer!.Phase;
            }
        }

        foreach ((int transition, KeyRefreshStep step) in new[] { (ToSecondPhase, KeyRefreshStep.SecondPhase), (ToNormal, KeyRefreshStep.OldKeysRevoked) })
        {
            foreach (KnownNode node in nodes.Where(node => !phases.TryGetValue(node, out int phase) || phase != (int)KeyRefreshPhase.Normal))
            {
                Request request = SetPhase(procedure, node, netKeyIndex, transition);

                yield return request;

                progress?.Invoke(node, step, request);

                if (Require(procedure, request) && transition == ToNormal)
                {
                    entry.Pending.Remove(node.Address);
                }
            }

            if (procedure.Failed != null)
            {
                yield break;
            }
        }

        entry.Pending.ExceptWith(nodes.Select(static node => node.Address));
        _network.EndKeyRefresh(entry);
        _client.SynchronizeKeys();
        _network.RetireExcluded(netKeyIndex);
    }

    private IEnumerable<Request> ConfirmSteps(Procedure procedure, NetKeyEntry entry, Action<KnownNode, KeyRefreshStep, Request>? progress)
    {
        foreach (KnownNode node in _network.Nodes.Where(node => entry.Pending.Contains(node.Address)).ToArray())
        {
            Request<KeyRefreshPhaseStatus> asked = AskPhase(procedure, node, entry.Index);

            yield return asked;

            Request last = asked;

            if (!asked.Succeeded || asked.Answer!.Phase != (int)KeyRefreshPhase.Normal)
            {
                last = SetPhase(procedure, node, entry.Index, ToNormal);

                yield return last;
            }

            progress?.Invoke(node, KeyRefreshStep.OldKeysRevoked, last);

            if (Require(procedure, last))
            {
                entry.Pending.Remove(node.Address);
            }
        }
    }

    private Request<KeyRefreshPhaseStatus> AskPhase(Procedure procedure, KnownNode node, int netKeyIndex)
    {
        return _client.Configuration.Send<KeyRefreshPhaseStatus>(node.Address, ConfigurationMessages.KeyRefreshPhaseGet(netKeyIndex), procedure.Now);
    }

    private Request<KeyRefreshPhaseStatus> SetPhase(Procedure procedure, KnownNode node, int netKeyIndex, int transition)
    {
        return _client.Configuration.Send<KeyRefreshPhaseStatus>(node.Address, ConfigurationMessages.KeyRefreshPhaseSet(netKeyIndex, transition), procedure.Now);
    }

    private IEnumerable<Request> NewKeySteps(Procedure procedure, KnownNode node, NetKeyEntry entry)
    {
        if (!node.UpdatedNetKeys.Contains(entry.Index))
        {
            Request<NetKeyStatus> request = _client.Configuration.Send<NetKeyStatus>(
                node.Address, ConfigurationMessages.NetKeyUpdate(entry.Index, entry.NewKey), procedure.Now);

            yield return request;

            if (!Require(procedure, request))
            {
                yield break;
            }

            node.UpdatedNetKeys.Add(entry.Index);
        }

        // A key that was made since the key refresh began has none.
        foreach (AppKeyEntry appKey in _network.AppKeys.Where(key =>
            key.NetKeyIndex == entry.Index && key.NewKey != null && node.AppKeys.Contains(key.Index) && !node.UpdatedAppKeys.Contains(key.Index)))
        {
            Request<AppKeyStatus> request = _client.Configuration.Send<AppKeyStatus>(
                node.Address, ConfigurationMessages.AppKeyUpdate(entry.Index, appKey.Index, appKey.NewKey), procedure.Now);

            yield return request;

            if (!Require(procedure, request))
            {
                yield break;
            }

            node.UpdatedAppKeys.Add(appKey.Index);
        }
    }

    private static bool Require(Procedure procedure, Request request)
    {
        if (!request.Succeeded)
        {
            procedure.Fail(request);
        }

        return request.Succeeded;
    }
}

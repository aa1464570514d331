// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ProcurementLedger} from "../ProcurementLedger.sol";
import {NaiveTree} from "./NaiveTree.sol";

/// @dev The cheatcodes these tests use, of the many that Foundry's virtual machine offers at this address.
interface Vm {
    function warp(uint256 time) external;
    function roll(uint256 blockNumber) external;
    function prank(address sender) external;
    function startPrank(address sender) external;
    function stopPrank() external;
    function expectRevert(bytes calldata revertData) external;
    function expectRevert(bytes4 selector) external;
    function expectPartialRevert(bytes4 selector) external;
    function readFile(string calldata path) external view returns (string memory);
    function parseJsonBytes(string calldata json, string calldata key) external pure returns (bytes memory);
    function assume(bool condition) external pure;
    function assertEq(uint256 left, uint256 right) external pure;
    function assertEq(bytes32 left, bytes32 right) external pure;
    function assertTrue(bool condition) external pure;
    function assertFalse(bool condition) external pure;
}

/// @dev A deployed ledger with one holder for each role, and a log that honest or crooked hands can anchor.
abstract contract TestBase {
    Vm internal constant vm = Vm(address(uint160(uint256(keccak256("hevm cheat code")))));

    address internal constant ADMIN = address(0xA0);
    address internal constant ANCHORER = address(0xA1);
    address internal constant REGISTRAR = address(0xA2);
    address internal constant REVIEWER = address(0xA3);

    // Immutable, not constant: a constant would call the precompile at each use, and so use up the next `prank`.
    bytes32 internal immutable EMPTY = sha256("");
    bytes32 internal immutable PROCESS = sha256("ocds-213czf-000-00001");
    bytes32 internal immutable NOTICE = sha256("notice");
    bytes32 internal immutable KEYSET = sha256("keyset");
    uint64 internal constant START = 1_790_000_000;
    uint64 internal constant DUE = START + 1 days;
    uint32 internal constant STANDSTILL = 10 days;

    ProcurementLedger internal ledger;
    NaiveTree internal tree;
    bytes private creationCode;

    function setUp() public virtual {
        vm.warp(START);
        vm.roll(100);
        ledger = deploy(ADMIN, ANCHORER, REGISTRAR, REVIEWER);
        tree = new NaiveTree();
    }

    /// @dev From the committed artifact: what is tested is, byte for byte, what is deployed. Forge compiles these tests
    /// without the intermediate representation, which the artifact uses and which would take it minutes.
    function deploy(address admin, address anchorer, address registrar, address reviewer)
        internal
        returns (ProcurementLedger deployed)
    {
        if (creationCode.length == 0) {
            creationCode = vm.parseJsonBytes(vm.readFile("artifact/ProcurementLedger.json"), ".bytecode");
        }
        bytes memory code = bytes.concat(creationCode, abi.encode(admin, anchorer, registrar, reviewer));
        assembly {
            deployed := create(0, add(code, 32), mload(code))
            if iszero(deployed) {
                returndatacopy(0, 0, returndatasize())
                revert(0, returndatasize())
            }
        }
    }

    /// @dev Commitment number `index` of the test log.
    function commitment(uint256 index) internal pure returns (bytes32) {
        return sha256(abi.encode("commitment", index));
    }

    function commitments(uint256 size) internal pure returns (bytes32[] memory list) {
        list = new bytes32[](size);
        for (uint256 i = 0; i < size; i++) list[i] = commitment(i);
    }

    /// @dev Anchors the honest log at `newSize` leaves, at the present time.
    function anchor(uint64 oldSize, uint64 newSize) internal {
        bytes32[] memory leaves = commitments(newSize);
        bytes32[] memory proof = tree.consistency(leaves, oldSize);
        bytes32 root = tree.root(leaves);
        vm.prank(ANCHORER);
        ledger.extendLog(oldSize, newSize, root, proof);
    }

    function openTender() internal {
        vm.prank(REGISTRAR);
        ledger.openTender(PROCESS, NOTICE, DUE, STANDSTILL, KEYSET);
    }

    function close(uint8 stage, bytes32 root, uint64 count, uint256 anchorIndex) internal {
        vm.prank(REGISTRAR);
        ledger.closeStage(PROCESS, stage, root, count, anchorIndex);
    }

    function closeEmpty(uint8 stage, uint256 anchorIndex) internal {
        close(stage, EMPTY, 0, anchorIndex);
    }

    /// @dev A tender with two units; the second opens after the first is evaluated.
    function openUnits() internal returns (bytes32 first, bytes32 second) {
        (first, second) = (sha256("lot 1"), sha256("lot 2"));
        openTender();
        vm.startPrank(REGISTRAR);
        ledger.openUnit(PROCESS, first, 0);
        ledger.openUnit(PROCESS, second, first);
        vm.stopPrank();
    }

    /// @dev Closes the stage empty, against anchor 1.
    function closeKey(bytes32 key, uint8 stage) internal {
        vm.prank(REGISTRAR);
        ledger.closeStage(key, stage, EMPTY, 0, 1);
    }

    /// @dev Closes the stages before `stage`, each empty; opens the tender first if it is not open, with anchors just before
    /// (index 0, size 4) and just after (1, size 9) the due time.
    function closeUntil(bytes32 key, uint8 stage) internal {
        if (ledger.tenderOf(PROCESS).time == 0) openTender();
        if (ledger.anchorCount() == 0) {
            vm.warp(DUE - 1);
            anchor(0, 4);
            vm.warp(DUE);
            anchor(4, 9);
        }
        closeFrom(key, 0, stage);
    }

    /// @dev Closes the stages from `stage` to before `end`, announcing the award and waiting where need be.
    function closeFrom(bytes32 key, uint8 stage, uint8 end) internal {
        for (; stage < end; stage++) {
            if (stage == 3) vm.roll(block.number + 1);
            if (stage == 5 && ledger.awardOf(key).time == 0) vm.warp(announce(key));
            closeKey(key, stage);
        }
        if (end == 3) vm.roll(block.number + 1);
    }

    function announce(bytes32 key) internal returns (uint64 ends) {
        ends = uint64(block.timestamp) + STANDSTILL;
        vm.prank(REGISTRAR);
        ledger.announceAward(key, NOTICE, ends);
    }
}
